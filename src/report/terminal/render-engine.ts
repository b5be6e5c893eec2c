import { formatCount } from '../format/format-count.ts'
import { formatDuration } from '../format/format-duration.ts'
import { formatValue } from '../format/format-value.ts'

/** What a simulated engine is and can do. */
export interface EngineFacts {
  readonly facts: readonly (readonly [string, string])[]
  readonly limits: {
    readonly size: { readonly promptTokens: number; readonly outputTokens: number }
    readonly idleTtft: readonly { readonly promptTokens: number; readonly ns: number | null }[]
    readonly oneUserTokensPerSec: number | null
    readonly requestsPerSec: number | null
    readonly tokensPerSec: number | null
    readonly concurrentRequests: number
  }
}

/** A few lines for a terminal: the parts of the engine, then its predicted limits. */
export function renderEngine({ facts, limits }: EngineFacts): string {
  const { promptTokens, outputTokens } = limits.size
  const size = `${formatCount(promptTokens)} + ${formatCount(outputTokens)} tokens`
  const rows: (readonly [string, string])[] = [
    ...facts,
    [
      'TTFT when idle',
      limits.idleTtft
        .map(({ promptTokens: tokens, ns }) =>
          ns === null
            ? `no room for ${formatCount(tokens)}`
            : `${formatDuration(ns)} for ${formatCount(tokens)} tokens`,
        )
        .join(', '),
    ],
    ['One user', formatValue(limits.oneUserTokensPerSec, 'tokens/s')],
    [
      'At most',
      `${formatValue(limits.requestsPerSec, 'requests/s')} of ${size}, ${formatValue(limits.tokensPerSec, 'tokens/s')}; ` +
        `${formatCount(limits.concurrentRequests)} at once in an engine`,
    ],
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join('\n')
}
