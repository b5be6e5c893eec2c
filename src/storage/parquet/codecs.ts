import { brotliDecompressSync, constants, gunzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** What this project compresses with: the Zstandard of the Node runtime, with a checksum that finds damaged pages. */
export const compressors = {
  ZSTD: (bytes: Uint8Array): Uint8Array =>
    zstdCompressSync(bytes, { params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
}

/** What it reads: its own files, and those that other tools wrote again (the library knows Snappy itself). */
export const decompressors = {
  ZSTD: (bytes: Uint8Array, sizeBytes: number): Uint8Array => zstdDecompressSync(bytes, inOnePart(sizeBytes)),
  GZIP: (bytes: Uint8Array, sizeBytes: number): Uint8Array => gunzipSync(bytes, inOnePart(sizeBytes)),
  BROTLI: (bytes: Uint8Array, sizeBytes: number): Uint8Array =>
    brotliDecompressSync(bytes, inOnePart(sizeBytes)),
}

/** One output chunk of the known size spares the joining of thousands of small ones. */
function inOnePart(sizeBytes: number): { chunkSize: number; maxOutputLength: number } {
  const chunkSize = Math.max(sizeBytes, 64)
  return { chunkSize, maxOutputLength: chunkSize }
}
