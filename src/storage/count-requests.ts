import { existsSync } from 'node:fs'
import { parquetMetadataAsync } from 'hyparquet'
import { forEachBlock } from './for-each-block.ts'
import { openFileBuffer } from './parquet/open-file-buffer.ts'
import type { RunPaths } from './run-paths.ts'

/**
 * Requests of a run without reading them: rows by the footer of `requests.parquet`, or else lines of the journal.
 * `null` when there is neither file.
 *
 * @throws the errors of a damaged table
 */
export async function countRequests({ requests, journal }: RunPaths): Promise<number | null> {
  if (existsSync(requests)) {
    const file = await openFileBuffer(requests)
    try {
      return Number((await parquetMetadataAsync(file)).num_rows)
    } finally {
      await file.close()
    }
  }
  return existsSync(journal) ? countLines(journal) : null
}

async function countLines(path: string): Promise<number> {
  let lines = 0
  await forEachBlock(path, (bytes) => {
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, end + 1)) lines++
  })
  return lines
}
