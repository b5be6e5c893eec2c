import { mean } from '../../numerics/mean.ts'
import { percentile, perSpan, populationStd, type Statistic, statisticRows, total } from './compat-rows.ts'
import type { CompatView } from './compat-view.ts'
import { servingRows } from './serving-rows.ts'

const COMMON: readonly Statistic[] = [
  ['mean', mean],
  ['median', percentile(50)],
  ['std', populationStd],
  ['p99', percentile(99)],
]
const OF_GAPS: readonly Statistic[] = [
  ...COMMON.slice(0, 3),
  ['p95', percentile(95)],
  ['p99', percentile(99)],
  ['max', percentile(100)],
]

/** What `python -m sglang.bench_serving` prints and saves. */
export const sglang: CompatView = {
  kind: 'sglang',
  tool: 'SGLang, sglang.bench_serving, OpenAI backends (2026)',
  notes: [
    'SGLang opens a connection for each request, which is part of its times; Metron keeps connections.',
    'With a speculative server, or its native backend, SGLang divides a gap by its tokens; these rows do not.',
  ],
  rows(run) {
    const { answered, spanNs } = run
    const metric = (
      id: string,
      title: string,
      definition: string,
      values: readonly number[],
      statistics = COMMON,
    ) =>
      statisticRows({
        name: (statistic) => `${statistic}_${id}_ms`,
        label: (statistic) =>
          `${/^p\d/.test(statistic) ? statistic.toUpperCase() : statistic.charAt(0).toUpperCase() + statistic.slice(1)} ${title}`,
        unit: 'ms',
        definition,
        statistics,
        values,
      })
    return [
      ...servingRows(run, { total: 'total_throughput', totalLabel: 'Total token throughput' }),
      {
        name: 'concurrency',
        label: 'Concurrency',
        unit: 'requests',
        definition: 'Sum of the E2E latencies divided by the duration.',
        value: perSpan(total(answered, ({ endNs }) => endNs) / 1e9, spanNs),
      },
      ...metric(
        'e2e_latency',
        'E2E Latency',
        'From just before the request is made to the last line of the stream, usage and [DONE] included.',
        answered.map(({ endNs }) => endNs / 1e6),
      ),
      ...metric(
        'ttft',
        'TTFT',
        'From just before the request is made to the first chunk with an answer or reasoning.',
        answered.map(({ firstNs }) => firstNs / 1e6),
      ),
      ...metric(
        'tpot',
        'TPOT',
        '(E2E latency - TTFT) / (output tokens - 1), one value a request; none with fewer than two tokens.',
        answered
          .filter(({ outputTokens }) => outputTokens > 1)
          .map(({ firstNs, endNs, outputTokens }) => (endNs - firstNs) / (outputTokens - 1) / 1e6),
      ),
      ...metric(
        'itl',
        'ITL',
        'Every gap between two chunks in a row, pooled over all requests.',
        answered.flatMap(({ gapsNs }) => gapsNs.map((gapNs) => gapNs / 1e6)),
        OF_GAPS,
      ),
    ]
  },
}
