import type { RunProgress } from '../report/terminal/render-progress.ts'

/** Hooks of a benchmark; all optional. */
export interface BenchHooks {
  /** What is being done before and after the measurement, one short phrase each. */
  readonly onStage?: (stage: string) => void
  /** Something that people should know and that stops nothing, one sentence. */
  readonly onNote?: (note: string) => void
  /** Four times a second while requests are sent. */
  readonly onProgress?: (progress: RunProgress) => void
  /** Once aborted: send nothing more, let answers finish within the drain time, write the run. */
  readonly stop?: AbortSignal
  /** Once aborted: end everything at once, write the run. */
  readonly abort?: AbortSignal
  /** Where the API key is looked up; the process's environment when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>
}
