import { mean } from '../../numerics/mean.ts'
import { percentile, populationStd, type Statistic, statisticRows } from './compat-rows.ts'
import type { CompatView } from './compat-view.ts'
import { servingRows } from './serving-rows.ts'

const STATISTICS: readonly Statistic[] = [
  ['mean', mean],
  ['median', percentile(50)],
  ['std', populationStd],
  ['p99', percentile(99)],
]

/** What `vllm bench serve` prints and saves. */
export const vllm: CompatView = {
  kind: 'vllm',
  tool: 'vLLM, vllm bench serve (September 2026)',
  notes: [
    'vLLM also takes chunks without text (a role, a finish reason) for chunks; Metron does not keep those.',
    'Time that a request waited for a place under a cap on concurrency is in none of these numbers.',
  ],
  rows(run) {
    const { answered } = run
    const metric = (id: string, title: string, definition: string, values: readonly number[]) =>
      statisticRows({
        name: (statistic) => `${statistic}_${id}_ms`,
        label: (statistic) => `${statistic === 'p99' ? 'P99' : capital(statistic)} ${title}`,
        unit: 'ms',
        definition,
        statistics: STATISTICS,
        values,
      })
    return [
      ...servingRows(run, { total: 'total_token_throughput', totalLabel: 'Total token throughput' }),
      ...metric(
        'ttft',
        'TTFT',
        'From just before the request is made to its first chunk.',
        answered.map(({ firstNs }) => firstNs / 1e6),
      ),
      ...metric(
        'tpot',
        'TPOT',
        '(E2EL - TTFT) / (output tokens - 1), one value a request; none with fewer than two tokens.',
        answered
          .filter(({ outputTokens }) => outputTokens > 1)
          .map(({ firstNs, lastNs, outputTokens }) => (lastNs - firstNs) / (outputTokens - 1) / 1e6),
      ),
      ...metric(
        'itl',
        'ITL',
        'Every gap between two chunks in a row, pooled over all requests: per chunk, not per token.',
        answered.flatMap(({ gapsNs }) => gapsNs.map((gapNs) => gapNs / 1e6)),
      ),
      ...metric(
        'e2el',
        'E2EL',
        'From just before the request is made to its last chunk.',
        answered.map(({ lastNs }) => lastNs / 1e6),
      ),
    ]
  },
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
