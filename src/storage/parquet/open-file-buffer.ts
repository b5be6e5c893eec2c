import { open } from 'node:fs/promises'
import type { AsyncBuffer } from 'hyparquet'

/** A file as the Parquet reader wants it: its size, and slices of it, each read at once. */
export interface FileBuffer extends AsyncBuffer {
  slice(start: number, end?: number): Promise<ArrayBuffer>
  close(): Promise<void>
}

/** @throws the system's errors */
export async function openFileBuffer(path: string): Promise<FileBuffer> {
  const file = await open(path, 'r')
  const { size } = await file.stat()
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new ArrayBuffer(Math.max(0, Math.min(end, size) - start))
      const view = new Uint8Array(bytes)
      let filled = 0
      while (filled < view.length) {
        const { bytesRead } = await file.read(view, filled, view.length - filled, start + filled)
        if (bytesRead === 0) throw new RangeError('the file became shorter while it was read')
        filled += bytesRead
      }
      return bytes
    },
    close: () => file.close(),
  }
}
