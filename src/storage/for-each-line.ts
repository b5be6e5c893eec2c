import { forEachBlock } from './for-each-block.ts'

/** `lineNumber` counts from 1; `bytes`: length in the file, newline included. */
export type LineVisitor = (text: string, lineNumber: number, bytes: number) => void

/**
 * Reads a UTF-8 file block by block and calls `visit` for every line, without its `\n`. Memory: one block and the
 * longest line. A last line without a newline counts; an empty file has no line.
 *
 * @throws what `visit` throws, and the system's errors
 */
export async function forEachLine(path: string, visit: LineVisitor): Promise<void> {
  let parts: Buffer[] = []
  let lineNumber = 0

  const finish = (tail: Buffer, newlineBytes: number) => {
    const line = parts.length === 0 ? tail : Buffer.concat([...parts, tail])
    parts = []
    lineNumber++
    visit(line.toString('utf8'), lineNumber, line.length + newlineBytes)
  }

  await forEachBlock(path, (bytes) => {
    let start = 0
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      finish(bytes.subarray(start, end), 1)
      start = end + 1
    }
    if (start < bytes.length) parts.push(Buffer.from(bytes.subarray(start)))
  })
  if (parts.length > 0) finish(Buffer.alloc(0), 0)
}
