import type { Tokenizer } from './tokenizer.ts'

const UNFINISHED = /\uFFFD+$/

/** A character has four bytes at most, so more tokens than this without a whole character are real U+FFFD. */
const MOST_UNFINISHED = 4

/** How far behind or ahead of the expected place a changed token is looked for, in UTF-16 units. */
const REACH = 8

/**
 * Token ends by decoding step by step, for tokenizers whose tokens mean different text in different places (a space
 * dropped at the start, `##` prefixes, byte fallbacks).
 *
 * Each step decodes a few tokens with and without the next one; what the next one adds is matched with the text.
 * A token that ends inside a character adds U+FFFD or nothing, and waits for the tokens that complete it.
 *
 * @returns One offset per token, see `tokenOffsets`.
 */
export function decodedOffsets(text: string, ids: ArrayLike<number>, tokenizer: Tokenizer): Uint32Array {
  const all = Array.from(ids)
  const offsets = new Uint32Array(all.length)
  let context = 0
  let done = 0
  let place = 0
  let before = ''
  for (let i = 0; i < all.length; i++) {
    const after = tokenizer.decode(all.slice(context, i + 1))
    const added = after.startsWith(before) ? after.slice(before.length) : after.trimStart()
    const whole = added.replace(UNFINISHED, '')
    if (whole.length === added.length || i - done >= MOST_UNFINISHED) {
      place = advance(text, place, added)
      offsets[i] = place === 0 ? lastUnit(text, 0) : place - 1
      context = done
      done = i + 1
      before = tokenizer.decode(all.slice(context, done))
    } else {
      offsets[i] = lastUnit(text, advance(text, place, whole))
    }
    if (i > 0 && offsets[i]! < offsets[i - 1]!) offsets[i] = offsets[i - 1]!
  }
  return offsets
}

/** The place after `piece`, which should begin at `place`. */
function advance(text: string, place: number, piece: string): number {
  if (text.startsWith(piece, place)) return place + piece.length
  const core = piece.trim().toLowerCase()
  if (core === '') return Math.min(place + (/\s/.test(text.charAt(place)) ? 1 : 0), text.length)
  const from = Math.max(place - REACH, 0)
  const near = text.slice(from, place + piece.length + REACH).toLowerCase()
  const ahead = near.indexOf(core, place - from)
  const found = ahead === -1 ? near.lastIndexOf(core, place - from) : ahead
  // Lower case can be longer than the text, hence the bound.
  return Math.min(found === -1 ? place + piece.length : from + found + core.length, text.length)
}

/** Offset of the last UTF-16 unit of the character at `place`. */
function lastUnit(text: string, place: number): number {
  if (place >= text.length) return Math.max(text.length - 1, 0)
  return text.codePointAt(place)! > 0xffff ? place + 1 : place
}
