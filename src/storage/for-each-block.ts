import { open } from 'node:fs/promises'

const BLOCK_BYTES = 1 << 20

/**
 * Reads a file in blocks of up to 1 MiB. The bytes given to `visit` are good until it returns: the block is used again.
 *
 * @throws what `visit` throws, and the system's errors
 */
export async function forEachBlock(path: string, visit: (bytes: Buffer) => void): Promise<void> {
  const file = await open(path, 'r')
  try {
    const block = Buffer.allocUnsafe(BLOCK_BYTES)
    for (;;) {
      const { bytesRead } = await file.read(block, 0, BLOCK_BYTES)
      if (bytesRead === 0) return
      visit(block.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
