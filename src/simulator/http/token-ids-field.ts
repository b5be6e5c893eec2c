import { tokenId } from '../text-generator.ts'
import type { TokenInfo } from './wire-format.ts'

/** The field `token_ids` of a choice, as vLLM writes it, with its comma; empty when it is not wanted. */
export function tokenIdsField(tokens: readonly string[], info: TokenInfo): string {
  return info === 'token-ids' || info === 'both' ? `,"token_ids":[${tokens.map(tokenId).join(',')}]` : ''
}
