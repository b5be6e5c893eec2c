import type { RequestRecord, TokenSource } from '../../records/request-record.ts'

/** Two counts of one answer agree when they are no further apart than this share of the server's, */
const TOLERANCE = 0.02
/** or than this: many servers count the token that ends an answer, which has no text. */
const TOLERATED_TOKENS = 1

/** Sources whose counts do not come from the server's usage, so that both can be compared. */
const INDEPENDENT: ReadonlySet<TokenSource | null> = new Set<TokenSource>(['token-ids', 'tokenizer'])

/** An answer that was counted twice, by the server's usage and by its chunks. */
export interface TokenCounts {
  readonly server: number
  readonly counted: number
  readonly differ: boolean
}

/** Both counts of an answer; `null` when the server told no usage or the chunks were counted by that usage. */
export function tokenCounts({ chunks, tokenSource, output }: RequestRecord): TokenCounts | null {
  const server = output.serverTokens
  if (server === null || chunks.tokens === null || !INDEPENDENT.has(tokenSource)) return null
  let counted = 0
  for (let i = 0; i < chunks.tokens.length; i++) counted += chunks.tokens[i]!
  const differ = Math.abs(counted - server) > Math.max(TOLERATED_TOKENS, TOLERANCE * server)
  return { server, counted, differ }
}
