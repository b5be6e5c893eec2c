import { parquetMetadataAsync } from 'hyparquet'
import { ZodError } from 'zod'
import { MetronError } from '../errors/metron-error.ts'
import { RECORD_SCHEMA_VERSION, type RequestRecord } from '../records/request-record.ts'
import { fieldProblem } from './field-problem.ts'
import { openFileBuffer } from './parquet/open-file-buffer.ts'
import { readRowGroup } from './parquet/read-row-group.ts'
import { RowGroupWriter, VERSION_KEY } from './parquet/row-group-writer.ts'
import { writeFailure } from './write-failure.ts'

// A row group is held in memory twice while it is written: as numbers and as a page.
const GROUP_CHUNKS = 1 << 19
const GROUP_ROWS = 1 << 14
const GROUP_TEXT = 1 << 24

/**
 * Writes `requests.parquet`: one row a request in the order given, in row groups of bounded size, so that memory
 * does not grow with the run. The file appears under its name when it is whole; an older one is replaced.
 * Text that is no well-formed Unicode (half of a surrogate pair) is stored with U+FFFD in its place.
 *
 * @throws MetronError `cannot-write`
 */
export async function writeRequestsParquet(
  path: string,
  records: Iterable<RequestRecord> | AsyncIterable<RequestRecord>,
): Promise<void> {
  let writer: RowGroupWriter | undefined
  try {
    writer = new RowGroupWriter(path)
    let group: RequestRecord[] = []
    let chunks = 0
    let text = 0
    for await (const record of records) {
      group.push(record)
      chunks += record.chunks.ns.length
      text += record.text?.length ?? 0
      if (chunks < GROUP_CHUNKS && text < GROUP_TEXT && group.length < GROUP_ROWS) continue
      writer.write(group)
      group = []
      chunks = 0
      text = 0
    }
    if (group.length > 0) writer.write(group)
    writer.finish()
  } catch (error) {
    writer?.abandon()
    throw writeFailure(path, error)
  }
}

/**
 * Reads `requests.parquet`, in the order of the file. Chunk columns come as typed arrays (`Float64Array` ns,
 * `Int32Array` chars and tokens) that are views of one buffer a row group. Files that another tool wrote again with
 * the same columns are read too.
 *
 * @throws MetronError `bad-run-folder` when the file is missing, cut off or holds what no request can be;
 * `unsupported` when a newer Metron wrote it
 */
export async function readRequestsParquet(path: string): Promise<RequestRecord[]> {
  try {
    const file = await openFileBuffer(path)
    try {
      const metadata = await parquetMetadataAsync(file)
      const version = Number(metadata.key_value_metadata?.find(({ key }) => key === VERSION_KEY)?.value ?? 1)
      if (version > RECORD_SCHEMA_VERSION) throw newerVersion(path, version)
      const records: RequestRecord[] = []
      for (let index = 0; index < metadata.row_groups.length; index++) {
        for (const record of await readRowGroup(file, metadata, index, records.length)) records.push(record)
      }
      return records
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof MetronError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const problem = error instanceof ZodError ? fieldProblem(error) : (code ?? message)
    throw new MetronError('bad-run-folder', `cannot read ${path}: ${problem}`, {
      hint: 'The table can be rebuilt from journal.jsonl beside it: remove the table and read the run again.',
      cause: error,
    })
  }
}

function newerVersion(path: string, version: number): MetronError {
  const message = `${path} has version ${version}; this Metron reads up to ${RECORD_SCHEMA_VERSION}`
  return new MetronError('unsupported', message, {
    hint: 'A newer Metron wrote the run: read it with that one.',
  })
}
