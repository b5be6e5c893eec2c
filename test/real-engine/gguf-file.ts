/** A metadata value of a GGUF file with the type it is written as. */
export type GgufValue =
  | { readonly uint32: number }
  | { readonly float32: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly strings: readonly string[] }
  | { readonly float32s: readonly number[] }
  | { readonly int32s: readonly number[] }

/** A tensor of a GGUF file. `shape` has the row length (the contiguous dimension) first. */
export interface GgufTensor {
  readonly name: string
  readonly shape: readonly number[]
  /** Number of the data type in the GGUF specification, for example 0 for f32 and 8 for q8_0. */
  readonly type: number
  readonly data: Uint8Array
}

const ALIGNMENT = 32
const VERSION = 3
const TYPE = { int32: 5, uint32: 4, float32: 6, bool: 7, string: 8, array: 9 } as const

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}

function string(value: string): Buffer {
  const text = Buffer.from(value, 'utf8')
  return Buffer.concat([uint64(text.length), text])
}

function array<T>(type: number, values: readonly T[], encode: (value: T) => Buffer): Buffer {
  return Buffer.concat([uint32(TYPE.array), uint32(type), uint64(values.length), ...values.map(encode)])
}

function typedValue(value: GgufValue): Buffer {
  if ('uint32' in value) return Buffer.concat([uint32(TYPE.uint32), uint32(value.uint32)])
  if ('float32' in value) return Buffer.concat([uint32(TYPE.float32), float32(value.float32)])
  if ('bool' in value) return Buffer.concat([uint32(TYPE.bool), Buffer.from([value.bool ? 1 : 0])])
  if ('string' in value) return Buffer.concat([uint32(TYPE.string), string(value.string)])
  if ('strings' in value) return array(TYPE.string, value.strings, string)
  if ('float32s' in value) return array(TYPE.float32, value.float32s, float32)
  return array(TYPE.int32, value.int32s, int32)
}

function padding(length: number): Buffer {
  return Buffer.alloc((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT)
}

/**
 * The bytes of a GGUF version 3 file, little-endian, with the default alignment of 32 bytes.
 * Source: the GGUF specification (ggml, docs/gguf.md).
 *
 * ```
 *   "GGUF" | version | tensor count | metadata count | metadata ... | tensor infos ... | pad | tensor data (each padded)
 * ```
 */
export function encodeGguf(
  metadata: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
): Buffer {
  const entries = Object.entries(metadata)
  const head: Buffer[] = [
    Buffer.from('GGUF'),
    uint32(VERSION),
    uint64(tensors.length),
    uint64(entries.length),
  ]
  for (const [key, value] of entries) head.push(string(key), typedValue(value))

  const body: Uint8Array[] = []
  let offset = 0
  for (const { name, shape, type, data } of tensors) {
    head.push(string(name), uint32(shape.length), ...shape.map(uint64), uint32(type), uint64(offset))
    const pad = padding(data.length)
    body.push(data, pad)
    offset += data.length + pad.length
  }
  const header = Buffer.concat(head)
  return Buffer.concat([header, padding(header.length), ...body])
}
