import { mean } from '../../numerics/mean.ts'
import { percentile, perSpan, type Statistic, sampleStd, statisticRows, total } from './compat-rows.ts'
import type { CompatView } from './compat-view.ts'

const STATISTICS: readonly Statistic[] = [
  ...[25, 50, 75, 90, 95, 99].map((p): Statistic => [`quantiles_p${p}`, percentile(p)]),
  ['mean', mean],
  ['min', percentile(0)],
  ['max', percentile(100)],
  ['stddev', sampleStd],
]

/** What LLMPerf's `token_benchmark_ray.py` saves. */
export const llmperf: CompatView = {
  kind: 'llmperf',
  tool: 'LLMPerf 0.1.0 (December 2024)',
  notes: [
    'LLMPerf passes over reasoning and tool calls; these rows count every chunk with content.',
    'LLMPerf counts every event of the stream, also those with a role or a finish reason only; Metron keeps those with content.',
    "LLMPerf counts tokens with the Llama tokenizer, whatever the model; these rows take the server's count, or else Metron's.",
  ],
  rows({ answered, failed, spanNs }) {
    const metric = (name: string, unit: string, definition: string, values: readonly number[]) =>
      statisticRows({
        name: (statistic) => `results_${name}_${statistic}`,
        label: (statistic) => `${name} ${statistic.replace('quantiles_', '')}`,
        unit,
        definition,
        statistics: STATISTICS,
        values,
      })
    const requests = answered.length + failed
    const perSec = perSpan(answered.length, spanNs)
    return [
      ...metric(
        'ttft_s',
        's',
        'From the call to the first chunk with visible text.',
        answered.map(({ firstNs }) => firstNs / 1e9),
      ),
      ...metric(
        'end_to_end_latency_s',
        's',
        'From the call to the end of the stream.',
        answered.map(({ endNs }) => endNs / 1e9),
      ),
      ...metric(
        'inter_token_latency_s',
        's',
        'Time to the last chunk, the time to first token included, divided by the number of chunks; one value a request.',
        answered.map(({ lastNs, gapsNs }) => lastNs / (gapsNs.length + 1) / 1e9),
      ),
      ...metric(
        'request_output_throughput_token_per_s',
        'tok/s',
        'Output tokens of a request divided by its end-to-end latency.',
        answered
          .filter(({ endNs }) => endNs > 0)
          .map(({ outputTokens, endNs }) => (outputTokens / endNs) * 1e9),
      ),
      ...metric(
        'number_input_tokens',
        'tokens',
        'Prompt tokens.',
        answered.map(({ promptTokens }) => promptTokens),
      ),
      ...metric(
        'number_output_tokens',
        'tokens',
        'Output tokens.',
        answered.map(({ outputTokens }) => outputTokens),
      ),
      {
        name: 'results_mean_output_throughput_token_per_s',
        label: 'mean_output_throughput_token_per_s',
        unit: 'tok/s',
        definition:
          'Output tokens of all requests divided by the time from the first dispatch to the last end.',
        value: perSpan(
          total(answered, ({ outputTokens }) => outputTokens),
          spanNs,
        ),
      },
      {
        name: 'results_num_completed_requests_per_min',
        label: 'num_completed_requests_per_min',
        unit: 'req/min',
        definition: 'Answered requests divided by the time from the first dispatch to the last end.',
        value: perSec === null ? null : perSec * 60,
      },
      {
        name: 'results_error_rate',
        label: 'error_rate',
        unit: 'fraction',
        definition: 'Failed requests divided by all requests.',
        value: requests === 0 ? null : failed / requests,
      },
    ]
  },
}
