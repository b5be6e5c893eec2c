import type { CompatRun } from './compat-run.ts'

/** One number as another tool names, defines and prints it. */
export interface CompatRow {
  /** As the tool's own result file calls it. */
  readonly name: string
  /** As the tool's own table calls it. */
  readonly label: string
  /** The tool's own unit: `ms`, `s`, `tok/s`, ... */
  readonly unit: string
  /** The tool's definition, and where Metron's records force a difference. */
  readonly definition: string
  /** In `unit`; `null` without data. */
  readonly value: number | null
}

/** The numbers of one tool. To add one: a plain object like the others and a line in `compat-views.ts`. */
export interface CompatView {
  /** Stable name, as `--compat` takes it. */
  readonly kind: string
  /** The tool and the version that was read. */
  readonly tool: string
  /** What differs however the formulas agree; one sentence each. */
  readonly notes: readonly string[]
  rows(run: CompatRun): readonly CompatRow[]
}
