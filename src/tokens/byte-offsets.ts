import type { Tokenizer } from './tokenizer.ts'

/**
 * Token ends from the byte lengths of tokens: exact, and fast because nothing is decoded.
 *
 * @returns One offset per token, see `tokenOffsets`; `null` when the tokenizer has no byte lengths or when they do not
 * add up to the bytes of the text (it added a space, or changed the form of letters).
 */
export function byteOffsets(text: string, ids: ArrayLike<number>, tokenizer: Tokenizer): Uint32Array | null {
  if (tokenizer.byteLength === undefined) return null
  const offsets = new Uint32Array(ids.length)
  let bytes = 0
  for (let i = 0; i < ids.length; i++) {
    const length = tokenizer.byteLength(ids[i]!)
    if (length === undefined || length === 0) return null
    bytes += length
    offsets[i] = bytes - 1
  }
  if (bytes !== Buffer.byteLength(text)) return null
  return bytes === text.length ? offsets : toCharacters(text, offsets)
}

/** Turns the offset of a token's last byte into the offset of the last UTF-16 unit of that byte's character. */
function toCharacters(text: string, offsets: Uint32Array): Uint32Array {
  let unit = -1
  let bytes = 0
  for (let i = 0; i < offsets.length; i++) {
    while (bytes <= offsets[i]!) {
      const code = text.codePointAt(unit + 1)!
      unit += code > 0xffff ? 2 : 1
      bytes += utf8Length(code)
    }
    offsets[i] = unit
  }
  return offsets
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}
