import { perSpan } from './compat-rows.ts'
import type { CompatView } from './compat-view.ts'

interface Sample {
  readonly value: number
  readonly weight: number
}

/** What GuideLLM prints: median and p95, by nearest rank over weighted samples. */
export const guidellm: CompatView = {
  kind: 'guidellm',
  tool: 'GuideLLM (August 2026)',
  notes: [
    "GuideLLM's token rates per second come from tokens that it spreads evenly over an answer; they are not among these rows.",
    "GuideLLM counts chunks where the server sends no usage; these rows take Metron's count then.",
  ],
  rows({ answered, failed, spanNs }) {
    const metric = (
      name: string,
      label: string,
      unit: string,
      definition: string,
      samples: readonly Sample[],
    ) =>
      [
        ['mean', weightedMean(samples)] as const,
        ['median', nearestRank(samples, 0.5)] as const,
        ['p95', nearestRank(samples, 0.95)] as const,
      ].map(([statistic, value]) => ({
        name: `${name}.${statistic}`,
        label: `${label} ${statistic}`,
        unit,
        definition,
        value,
      }))
    const each = (of: (request: (typeof answered)[number]) => number) =>
      answered.map((request) => ({ value: of(request), weight: 1 }))
    return [
      ...metric(
        'request_latency',
        'Request Latency',
        's',
        'From just before the HTTP call to the end of the whole body.',
        each(({ endNs }) => endNs / 1e9),
      ),
      ...metric(
        'time_to_first_token_ms',
        'TTFT',
        'ms',
        'From just before the HTTP call to the first chunk with text, reasoning or a tool call.',
        each(({ firstNs }) => firstNs / 1e6),
      ),
      ...metric(
        'time_per_output_token_ms',
        'TPOT',
        'ms',
        "Time to the last token divided by the output tokens: the time to first token is included, unlike in vLLM's TPOT.",
        answered
          .filter(({ outputTokens }) => outputTokens > 0)
          .map(({ lastNs, outputTokens }) => ({ value: lastNs / outputTokens / 1e6, weight: 1 })),
      ),
      ...metric(
        'inter_token_latency_ms',
        'ITL',
        'ms',
        '(Last token - first token) / (output tokens - 1) of a request, weighted by output tokens - 1: a mean, not a gap.',
        answered
          .filter(({ outputTokens }) => outputTokens > 1)
          .map(({ firstNs, lastNs, outputTokens }) => ({
            value: (lastNs - firstNs) / (outputTokens - 1) / 1e6,
            weight: outputTokens - 1,
          })),
      ),
      {
        name: 'requests_per_second',
        label: 'Requests per second',
        unit: 'req/s',
        definition: 'Answered requests divided by the time from the first dispatch to the last end.',
        value: perSpan(answered.length, spanNs),
      },
      {
        name: 'request_totals.errored',
        label: 'Requests errored',
        unit: 'requests',
        definition: 'Requests that failed; left out of everything else.',
        value: failed,
      },
    ]
  },
}

function weightedMean(samples: readonly Sample[]): number | null {
  const weight = samples.reduce((sum, each) => sum + each.weight, 0)
  if (weight === 0) return null
  return samples.reduce((sum, { value, weight: share }) => sum + value * share, 0) / weight
}

/** The smallest value at or below which at least the share `p` of the weight lies. */
function nearestRank(samples: readonly Sample[], p: number): number | null {
  const sorted = [...samples].sort((a, b) => a.value - b.value)
  const wanted = p * sorted.reduce((sum, { weight }) => sum + weight, 0)
  let passed = 0
  for (const { value, weight } of sorted) {
    passed += weight
    if (passed >= wanted * (1 - 1e-12)) return value
  }
  return null
}
