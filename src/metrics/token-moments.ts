import type { RequestRecord } from '../records/request-record.ts'

/** Arrivals in ns since the run's zero; `null` when no such token came. */
export interface TokenMoments {
  /** First chunk that carries tokens of any channel. */
  readonly firstNs: number | null
  /** First chunk of the visible answer that carries tokens; later than `firstNs` for a model that reasons first. */
  readonly firstAnswerNs: number | null
  /** Last chunk that carries tokens of any channel. */
  readonly lastNs: number | null
}

/** The first, the first visible and the last token of a request. Unattributed chunks count as carrying tokens. */
export function tokenMoments(record: RequestRecord): TokenMoments {
  const { ns, tokens, channels } = record.chunks
  const carries = (c: number) => tokens === null || tokens[c]! > 0
  let first = 0
  while (first < ns.length && !carries(first)) first++
  if (first >= ns.length) return { firstNs: null, firstAnswerNs: null, lastNs: null }
  let last = ns.length - 1
  while (!carries(last)) last--
  let answer = channels.indexOf('a', first)
  while (answer >= 0 && !carries(answer)) answer = channels.indexOf('a', answer + 1)
  return { firstNs: ns[first]!, firstAnswerNs: answer < 0 ? null : ns[answer]!, lastNs: ns[last]! }
}
