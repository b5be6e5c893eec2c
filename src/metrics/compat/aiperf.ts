import type { CompatView } from './compat-view.ts'
import { genaiPerf } from './genai-perf.ts'
import { nvidiaRows } from './nvidia-rows.ts'

/** What AIPerf, the successor of GenAI-Perf, prints and exports. */
export const aiperf: CompatView = {
  kind: 'aiperf',
  tool: 'AIPerf (October 2025, docs of 2026)',
  notes: [
    "AIPerf counts tokens with its own tokenizer; these rows take the server's count, or else Metron's.",
  ],
  rows(run) {
    const { answered } = run
    return [
      ...genaiPerf.rows(run),
      ...nvidiaRows(
        'inter_chunk_latency',
        'Inter Chunk Latency',
        'ms',
        'Every gap between two chunks in a row, pooled over all requests.',
        answered.flatMap(({ gapsNs }) => gapsNs.map((gapNs) => gapNs / 1e6)),
      ),
      ...nvidiaRows(
        'e2e_output_token_throughput',
        'E2E Output Token Throughput',
        'tok/s',
        'Output tokens of a request divided by its request latency, the time to first token included.',
        answered
          .filter(({ lastNs }) => lastNs > 0)
          .map(({ outputTokens, lastNs }) => (outputTokens / lastNs) * 1e9),
      ),
      {
        name: 'request_count',
        label: 'Request Count',
        unit: 'requests',
        definition: 'Requests that were answered.',
        value: answered.length,
      },
      {
        name: 'error_request_count',
        label: 'Error Request Count',
        unit: 'requests',
        definition: 'Requests that failed; left out of everything else.',
        value: run.failed,
      },
    ]
  },
}
