import type { RequestRecord } from '../../records/request-record.ts'

/** Two counts of one answer agree when they are no further apart than this share of the server's, */
const TOLERANCE = 0.02
/** or than this: many servers count tokens that end an answer or its reasoning, which have no text. */
const TOLERATED_TOKENS = 2

/** An answer that was counted twice, by the server and by its events. */
export interface TokenCounts {
  readonly server: number
  readonly counted: number
  readonly differ: boolean
}

/**
 * Both counts of an answer: the server's usage, and the tokenizer's (`byTokenizer`, or of the chunks if it counted them) or
 * else that of the token ids. `null` when one is missing, when the chunks were counted by the usage itself, and for
 * answers with tool calls, of whose tokens only some are text.
 */
export function tokenCounts(record: RequestRecord, byTokenizer: number | undefined): TokenCounts | null {
  const { chunks, tokenSource, output } = record
  const server = output.serverTokens
  if (server === null || chunks.channels.includes('t')) return null
  const isIndependent = tokenSource === 'tokenizer' || tokenSource === 'token-ids'
  const counted = byTokenizer ?? (isIndependent ? sumOf(chunks.tokens) : null)
  if (counted === null) return null
  const differ = Math.abs(counted - server) > Math.max(TOLERATED_TOKENS, TOLERANCE * server)
  return { server, counted, differ }
}

function sumOf(tokens: ArrayLike<number> | null): number | null {
  if (tokens === null) return null
  let sum = 0
  for (let i = 0; i < tokens.length; i++) sum += tokens[i]!
  return sum
}
