import { MetronError } from '../errors/metron-error.ts'
import { openJournal } from '../storage/journal-writer.ts'
import { createRunFolder } from '../storage/run-folder.ts'
import { checkRunName } from '../storage/run-name.ts'
import { type FinishedRun, finishRun } from './finish-run.ts'
import { loadRun } from './load-run.ts'
import { resolveLayers } from './read-config.ts'

/**
 * Makes a run folder of a result file of another tool; report, score and all else then work as with Metron's own.
 *
 * @throws MetronError `bad-input-file` naming file, line and field; `bad-config` for a bad name or format; `cannot-write`
 */
export async function importRun(options: {
  readonly path: string
  /** Importer; found by the file's fields when absent. */
  readonly format?: string | undefined
  /** Folder of all runs. */
  readonly runs: string
  /** Name of the run; made of the file's name when absent. */
  readonly name?: string | undefined
}): Promise<FinishedRun> {
  const { path, format, runs } = options
  if (options.name !== undefined) checkRunName(options.name)
  const { manifest, records, source } = await loadRun(path, format)
  if (source !== 'import')
    throw new MetronError('bad-input-file', `${path} is a run folder already`, {
      hint: 'metron report and metron score read it as it is.',
    })
  const paths = createRunFolder(runs, options.name ?? manifest.name)
  const journal = openJournal(paths.journal)
  journal.append(records)
  journal.close()
  const { config } = resolveLayers([{ values: manifest.config, origin: () => 'the import' }])
  return finishRun({
    paths,
    manifest: { ...manifest, name: paths.name },
    records,
    hasTable: false,
    exactTokenizer: null,
    config,
    objectives: [],
  })
}
