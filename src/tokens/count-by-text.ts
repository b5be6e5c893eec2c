import type { RequestRecord } from '../records/request-record.ts'
import { tokenOffsets } from './token-offsets.ts'
import type { Tokenizer } from './tokenizer.ts'

/**
 * Tokens of each chunk by tokenising the kept text: each token counts for the chunk in which its last character
 * arrived. Each unbroken run of one channel is tokenised alone, because reasoning, answer and tool calls are apart in
 * what the model wrote. A chunk may hold 0; the sum over a run is the number of tokens of the run's text.
 *
 * @returns One count per chunk; `null` when the text was not kept or is not as long as the chunks say.
 */
export function countByText(record: RequestRecord, tokenizer: Tokenizer): number[] | null {
  const { chars, channels } = record.chunks
  const { text } = record
  if (text === null || lengthOf(chars) !== text.length) return null
  const tokens = new Array<number>(chars.length).fill(0)
  let from = 0
  let place = 0
  while (from < chars.length) {
    let to = from
    let end = place
    while (to < chars.length && channels[to] === channels[from]) end += chars[to++]!
    countRun(text.slice(place, end), chars, from, tokenizer, tokens)
    from = to
    place = end
  }
  return tokens
}

function countRun(
  text: string,
  chars: ArrayLike<number>,
  from: number,
  tokenizer: Tokenizer,
  tokens: number[],
): void {
  const offsets = tokenOffsets(text, tokenizer.encode(text), tokenizer)
  let chunk = from
  let end = chars[from]!
  for (const offset of offsets) {
    while (offset >= end && end < text.length) end += chars[++chunk]!
    tokens[chunk]! += 1
  }
}

function lengthOf(chars: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < chars.length; i++) sum += chars[i]!
  return sum
}
