import type { RequestRecord } from '../records/request-record.ts'
import { countByText } from './count-by-text.ts'
import type { Tokenizer } from './tokenizer.ts'

/** A check needs no more, and a long run has text enough to keep a tokenizer busy for a minute. */
const MOST_ANSWERS = 200

/**
 * Tokens of answers by the tokenizer, by request id, to check the server's own count by: of answers that ended well,
 * were counted by the server (`token-ids`, `usage`) and whose text was kept; 200 of them, evenly chosen, if there are more.
 */
export function countAnswers(
  records: readonly RequestRecord[],
  tokenizer: Tokenizer,
): ReadonlyMap<number, number> {
  const told = records.filter(
    ({ outcome, tokenSource, text }) =>
      outcome.kind === 'ok' && text !== null && (tokenSource === 'usage' || tokenSource === 'token-ids'),
  )
  const chosen = Math.min(told.length, MOST_ANSWERS)
  const counts = new Map<number, number>()
  for (let i = 0; i < chosen; i++) {
    const record = told[Math.floor((i * told.length) / chosen)]!
    const tokens = countByText(record, tokenizer)
    if (tokens !== null)
      counts.set(
        record.id,
        tokens.reduce((sum, count) => sum + count, 0),
      )
  }
  return counts
}
