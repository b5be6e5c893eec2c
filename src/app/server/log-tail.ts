import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const MOST_BYTES = 8192
const MOST_LINES = 12

/** The last lines of a log, indented, without control characters: the text of a server is hostile. Empty when there are none. */
export function logTail(path: string): string {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const from = Math.max(0, size - MOST_BYTES)
    const bytes = Buffer.alloc(size - from)
    readSync(file, bytes, 0, bytes.length, from)
    return bytes
      .toString('utf8')
      .split('\n')
      .map((line) => line.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ').trimEnd())
      .filter((line) => line !== '')
      .slice(-MOST_LINES)
      .map((line) => `  ${line}`)
      .join('\n')
  } finally {
    closeSync(file)
  }
}
