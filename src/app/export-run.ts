import { EXPORTERS } from '../report/export/exporters.ts'
import { writeFileAtomically } from '../storage/write-file-atomically.ts'
import { extensionOf } from './extensions.ts'
import { scoreRun } from './score-run.ts'

/** The formats, for help. */
export const EXPORT_FORMATS = EXPORTERS.map(({ kind, summary }) => ({ kind, summary }))

/**
 * A run in another program's format, judged by the options stored with it.
 *
 * @throws MetronError as `scoreRun`, and `bad-config` for an unknown format
 */
export async function exportRun(path: string, format: string): Promise<string> {
  const exporter = extensionOf(EXPORTERS, format)
  const { view, records, measured } = await scoreRun({ path, changes: { values: {}, origin: () => path } })
  return exporter.render({ view, requests: measured.requests, records })
}

/** The same into a file. @throws MetronError as {@link exportRun}, and `cannot-write` */
export async function writeExport(path: string, format: string, file: string): Promise<void> {
  writeFileAtomically(file, await exportRun(path, format))
}
