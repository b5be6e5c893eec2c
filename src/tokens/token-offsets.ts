import { byteOffsets } from './byte-offsets.ts'
import { decodedOffsets } from './decoded-offsets.ts'
import type { Tokenizer } from './tokenizer.ts'

/**
 * Where each token ends in the text: the offset of the last UTF-16 unit of the last character that the token
 * completes or holds bytes of. A token that is a part of a character therefore points at that character.
 *
 * Offsets never decrease and lie in `0 .. text.length - 1` (all 0 for an empty text). They are exact for byte-level
 * tokenizers, and for others whose decoded tokens spell the text; where a tokenizer changes the text (lower case,
 * other forms of letters) they are found by nearest match.
 *
 * @param ids The tokens of exactly this text, as `tokenizer.encode(text)` gives them.
 * @returns One offset per token.
 */
export function tokenOffsets(text: string, ids: ArrayLike<number>, tokenizer: Tokenizer): Uint32Array {
  return byteOffsets(text, ids, tokenizer) ?? decodedOffsets(text, ids, tokenizer)
}
