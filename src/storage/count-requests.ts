import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { parquetMetadataAsync } from 'hyparquet'
import { openFileBuffer } from './parquet/open-file-buffer.ts'
import type { RunPaths } from './run-paths.ts'

const BLOCK_BYTES = 1 << 20

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
  await using file = await open(path, 'r')
  const block = Buffer.allocUnsafe(BLOCK_BYTES)
  let lines = 0
  for (;;) {
    const { bytesRead } = await file.read(block, 0, BLOCK_BYTES)
    if (bytesRead === 0) return lines
    const bytes = block.subarray(0, bytesRead)
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, end + 1)) lines++
  }
}
