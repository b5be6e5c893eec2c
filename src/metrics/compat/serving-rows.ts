import { perSpan, total } from './compat-rows.ts'
import type { CompatRun } from './compat-run.ts'
import type { CompatRow } from './compat-view.ts'

const SPAN = 'from the first dispatch to the end of the last request, ramp and drain included'

/** Counts and throughputs as vLLM's and SGLang's result files have them: failed requests count nowhere but among the failed. */
export function servingRows(
  { answered, failed, spanNs }: CompatRun,
  names: { readonly total: string; readonly totalLabel: string },
): CompatRow[] {
  const input = total(answered, ({ promptTokens }) => promptTokens)
  const output = total(answered, ({ outputTokens }) => outputTokens)
  const row = (name: string, label: string, unit: string, definition: string, value: number | null) => ({
    name,
    label,
    unit,
    definition,
    value,
  })
  return [
    row('completed', 'Successful requests', 'requests', 'Requests that were answered.', answered.length),
    row(
      'failed',
      'Failed requests',
      'requests',
      'Requests that failed; left out of everything else.',
      failed,
    ),
    row('duration', 'Benchmark duration', 's', `Time ${SPAN}.`, spanNs === null ? null : spanNs / 1e9),
    row('total_input_tokens', 'Total input tokens', 'tokens', 'Prompt tokens of answered requests.', input),
    row(
      'total_output_tokens',
      'Total generated tokens',
      'tokens',
      "Output tokens of answered requests, by the server's usage or else by Metron's count.",
      output,
    ),
    row(
      'request_throughput',
      'Request throughput',
      'req/s',
      'Answered requests divided by the duration.',
      perSpan(answered.length, spanNs),
    ),
    row(
      'output_throughput',
      'Output token throughput',
      'tok/s',
      'Output tokens divided by the duration.',
      perSpan(output, spanNs),
    ),
    row(
      names.total,
      names.totalLabel,
      'tok/s',
      'Prompt and output tokens divided by the duration.',
      perSpan(input + output, spanNs),
    ),
  ]
}
