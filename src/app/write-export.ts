import { writeFileAtomically } from '../storage/write-file-atomically.ts'
import { exportRun } from './export-run.ts'

/** Writes a run in another program's format to a file. @throws MetronError as `exportRun`, and `cannot-write` */
export async function writeExport(path: string, format: string, file: string): Promise<void> {
  writeFileAtomically(file, await exportRun(path, format))
}
