import { open } from 'node:fs/promises'

const BLOCK_BYTES = 1 << 20

/** `lineNumber` counts from 1; `bytes`: length in the file, newline included. */
export type LineVisitor = (text: string, lineNumber: number, bytes: number) => void

/**
 * Reads a UTF-8 file block by block and calls `visit` for every line, without its `\n`. Memory: one block and the
 * longest line. A last line without a newline counts; an empty file has no line.
 *
 * @throws what `visit` throws, and the system's errors
 */
export async function forEachLine(path: string, visit: LineVisitor): Promise<void> {
  await using file = await open(path, 'r')
  const block = Buffer.allocUnsafe(BLOCK_BYTES)
  let parts: Buffer[] = []
  let lineNumber = 0

  const finish = (tail: Buffer, ended: boolean) => {
    const line = parts.length === 0 ? tail : Buffer.concat([...parts, tail])
    parts = []
    lineNumber++
    visit(line.toString('utf8'), lineNumber, line.length + (ended ? 1 : 0))
  }

  for (;;) {
    const { bytesRead } = await file.read(block, 0, BLOCK_BYTES)
    if (bytesRead === 0) break
    const bytes = block.subarray(0, bytesRead)
    let start = 0
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      finish(bytes.subarray(start, end), true)
      start = end + 1
    }
    // The block is used again, so what is left of it must be copied.
    if (start < bytesRead) parts.push(Buffer.from(bytes.subarray(start)))
  }
  if (parts.length > 0) finish(Buffer.alloc(0), false)
}
