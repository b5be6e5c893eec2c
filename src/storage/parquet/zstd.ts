import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Zstandard of the Node runtime, in the shapes that the Parquet reader and writer ask for. */
export const zstd = {
  compress: (bytes: Uint8Array): Uint8Array => zstdCompressSync(bytes),
  // One output chunk of the known size spares the joining of thousands of small ones.
  decompress: (bytes: Uint8Array, sizeBytes: number): Uint8Array =>
    zstdDecompressSync(bytes, {
      chunkSize: Math.max(sizeBytes, 64),
      maxOutputLength: Math.max(sizeBytes, 64),
    }),
}
