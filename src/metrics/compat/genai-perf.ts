import { perSpan, total } from './compat-rows.ts'
import type { CompatView } from './compat-view.ts'
import { answeredSpanNs, meanTokenGapMs, nvidiaRows, withGaps } from './nvidia-rows.ts'

const SPAN = 'divided by the time from the first dispatch to the last chunk of an answered request.'

/** What GenAI-Perf prints. */
export const genaiPerf: CompatView = {
  kind: 'genai-perf',
  tool: 'GenAI-Perf of the Triton tools (December 2025)',
  notes: [
    "GenAI-Perf counts tokens with its own tokenizer; these rows take the server's count, or else Metron's.",
  ],
  rows({ answered }) {
    const many = answered.filter(({ gapsNs }) => gapsNs.length > 0)
    const spanNs = answeredSpanNs(answered)
    return [
      ...nvidiaRows(
        'time_to_first_token',
        'Time To First Token',
        'ms',
        'From the sending to the first response that is not empty.',
        answered.map(({ firstNs }) => firstNs / 1e6),
      ),
      ...nvidiaRows(
        'time_to_second_token',
        'Time To Second Token',
        'ms',
        'From the first response to the second.',
        many.map(({ gapsNs }) => gapsNs[0]! / 1e6),
      ),
      ...nvidiaRows(
        'request_latency',
        'Request Latency',
        'ms',
        'From the sending to the last response that is not empty.',
        answered.map(({ lastNs }) => lastNs / 1e6),
      ),
      ...nvidiaRows(
        'inter_token_latency',
        'Inter Token Latency',
        'ms',
        '(Request latency - time to first token) / (output tokens - 1), one value a request: what others call TPOT.',
        withGaps(answered).map(meanTokenGapMs),
      ),
      ...nvidiaRows(
        'output_token_throughput_per_user',
        'Output Token Throughput Per User',
        'tok/s',
        '1 / inter-token latency of a request.',
        withGaps(answered)
          .map(meanTokenGapMs)
          .filter((ms) => ms > 0)
          .map((ms) => 1000 / ms),
      ),
      {
        name: 'output_token_throughput',
        label: 'Output Token Throughput',
        unit: 'tok/s',
        definition: `Output tokens ${SPAN}`,
        value: perSpan(
          total(answered, ({ outputTokens }) => outputTokens),
          spanNs,
        ),
      },
      {
        name: 'request_throughput',
        label: 'Request Throughput',
        unit: 'req/s',
        definition: `Answered requests ${SPAN}`,
        value: perSpan(answered.length, spanNs),
      },
    ]
  },
}
