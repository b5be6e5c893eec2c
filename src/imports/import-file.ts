import { MetronError } from '../errors/metron-error.ts'
import type { ForeignFile } from './foreign-file.ts'
import type { ImportedRun, Importer } from './importer.ts'
import { IMPORTERS } from './importers.ts'
import { sampleOf } from './parse-foreign-json.ts'

/**
 * Reads a result file of another tool.
 *
 * @param kind whose file it is; found by its fields when absent
 * @throws MetronError `bad-input-file` when no importer knows the file, or it is damaged (names file, line and field);
 *   `bad-config` when there is no importer of that kind
 */
export function importFile(
  file: ForeignFile,
  kind?: string,
): { readonly importer: Importer; readonly run: ImportedRun } {
  const importer = kind === undefined ? recognize(file) : importerOf(kind)
  const run = importer.read(file)
  requireSpan(file, run)
  return { importer, run }
}

/** Moments are whole nanoseconds, exact to 104 days; nobody measures for longer, but files of another kind may seem to. */
const LONGEST_NS = 8.64e15

function requireSpan({ path }: ForeignFile, { records }: ImportedRun): void {
  const late = records.findIndex(({ moments }) => !(moments.endNs <= LONGEST_NS))
  if (late === -1) return
  throw new MetronError(
    'bad-input-file',
    `${path} request ${late + 1}: it ends more than 100 days after the first one began`,
    { hint: 'Are its times of another unit?' },
  )
}

function importerOf(kind: string): Importer {
  const found = IMPORTERS.find((each) => each.kind === kind)
  if (found !== undefined) return found
  throw new MetronError('bad-config', `there is no importer ${JSON.stringify(kind)}`, {
    hint: `There are ${IMPORTERS.map((each) => each.kind).join(', ')}.`,
  })
}

function recognize(file: ForeignFile): Importer {
  const sample = sampleOf(file)
  const found = IMPORTERS.find((each) => each.recognize(sample))
  if (found !== undefined) return found
  throw new MetronError('bad-input-file', `${file.path} line 1: no field tells which tool wrote it`, {
    hint: `Metron reads: ${IMPORTERS.map(({ summary }) => summary).join('; ')}. Summaries without times of chunks cannot be judged.`,
  })
}
