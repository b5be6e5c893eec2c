import type { RequestRecord, TokenSource } from '../records/request-record.ts'
import { countByText } from './count-by-text.ts'
import { spreadTotal } from './spread-total.ts'
import type { Tokenizer } from './tokenizer.ts'

/** What the server told during the stream; nothing computed afterwards is better. */
const TOLD: ReadonlySet<TokenSource | null> = new Set<TokenSource>(['token-ids', 'usage'])

/**
 * Decides how many tokens each chunk of a finished request holds, by the best source there is:
 *
 * 1. `token-ids`, `usage`: the stream told; the record is returned as it is.
 * 2. `tokenizer`: a tokenizer is given and the text was kept; see `countByText`.
 * 3. `usage-total`: the server told the total at the end; see `spreadTotal`.
 * 4. `chunk`: one token a chunk.
 *
 * A total that is not a whole number from 1 to 100 million is no source when there are chunks (a server that reports 0 tokens
 * beside text has not counted). A record without chunks gets no counts and the source that would have been used.
 *
 * @param tokenizer The exact tokenizer of the model, `null` when it is not known: an approximate one would give wrong
 * counts under a name that promises right ones.
 * @param options `again`: attribute anew a record that has been attributed already by source 2, 3 or 4; without it
 * such a record is returned as it is.
 * @returns The same object when nothing changes, otherwise a new record; the given one is never changed.
 */
export function attributeTokens(
  record: RequestRecord,
  tokenizer: Tokenizer | null,
  options: { readonly again?: boolean } = {},
): RequestRecord {
  const isKnown = record.chunks.tokens !== null && record.tokenSource !== null
  if (isKnown && (TOLD.has(record.tokenSource) || options.again !== true)) return record
  const byText = tokenizer === null ? null : countByText(record, tokenizer)
  if (byText !== null) return withTokens(record, 'tokenizer', byText)
  const { chars } = record.chunks
  const total = record.output.serverTokens
  if (total !== null && isTotalOf(total, chars.length)) {
    return withTokens(record, 'usage-total', chars.length === 0 ? [] : spreadTotal(chars, total))
  }
  return withTokens(record, 'chunk', new Array<number>(chars.length).fill(1))
}

/** No answer is longer; a larger figure is a fault of the server, and would overflow the arithmetic of shares. */
const MOST_TOKENS = 100_000_000

function isTotalOf(total: number, chunks: number): boolean {
  return Number.isInteger(total) && total >= (chunks === 0 ? 0 : 1) && total <= MOST_TOKENS
}

function withTokens(record: RequestRecord, tokenSource: TokenSource, tokens: number[]): RequestRecord {
  return { ...record, chunks: { ...record.chunks, tokens }, tokenSource }
}
