import { MetronError } from '../errors/metron-error.ts'
import { parseObjective } from '../slo/parse-objective.ts'
import { runPaths } from '../storage/run-paths.ts'
import { isExactTokenizer, loadTokenizer } from '../tokens/load-tokenizer.ts'
import { type FinishedRun, finishRun } from './finish-run.ts'
import { loadRun } from './load-run.ts'
import { resolveLayers } from './read-config.ts'

/** What was found in a run folder, besides the run. */
export interface RebuiltRun extends FinishedRun {
  readonly source: 'parquet' | 'journal'
  /** Bytes of a last journal line that was cut off in the middle of writing; 0 normally. */
  readonly tornBytes: number
}

/**
 * Makes summary and report of a run folder again, and its table when there is none, by the options stored in it. Works on a run that was killed:
 * all requests that had ended are in its journal.
 *
 * @throws MetronError `bad-run-folder` when the folder holds no readable run, `cannot-write`
 */
export async function rebuildRun(path: string): Promise<RebuiltRun> {
  const { manifest, records, source, tornBytes } = await loadRun(path)
  if (source === 'import')
    throw new MetronError('bad-run-folder', `${path} is no run folder`, {
      hint: 'metron score judges a file of another tool, metron import makes a run folder of it.',
    })
  const { config } = resolveLayers([{ values: manifest.config, origin: () => `the config of ${path}` }])
  const tokenizer = config.workload.tokenizer
  const exactTokenizer = isExactTokenizer(tokenizer)
    ? await loadTokenizer(tokenizer).catch((error) => {
        // The table has counts already, which a tokenizer would only check.
        if (source === 'parquet') return null
        throw error
      })
    : null
  const objectives = config.score.slo.map(parseObjective)
  const run = await finishRun({
    paths: runPaths(path),
    manifest,
    records,
    hasTable: source === 'parquet',
    exactTokenizer,
    config,
    objectives,
  })
  return { ...run, source, tornBytes }
}
