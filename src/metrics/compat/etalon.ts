import { mean } from '../../numerics/mean.ts'
import { countDeadlines } from '../count-deadlines.ts'
import { findTbtDeadline } from '../find-tbt-deadline.ts'
import { percentile, type Statistic, statisticRows } from './compat-rows.ts'
import type { CompatRequest } from './compat-run.ts'
import type { CompatView } from './compat-view.ts'

const STATISTICS: readonly Statistic[] = [
  ['Mean', mean],
  ['P50', percentile(50)],
  ['P90', percentile(90)],
  ['P99', percentile(99)],
]
const TARGET_MISS_RATE = 0.1

/** What Etalon, the first Metron, prints and saves: the paper's own code. */
export const etalon: CompatView = {
  kind: 'etalon',
  tool: 'Etalon (September 2024)',
  notes: [
    'Etalon takes each chunk for one token in all times and deadlines; its counts of tokens come from a tokenizer.',
    "Failed requests are in Etalon's samples with what had arrived of them; these rows leave them out.",
    'Etalon searches its smallest deadlines in steps of 0.1 ms; these rows have the exact ones.',
  ],
  rows({ answered, failed, options }) {
    const metric = (label: string, unit: string, definition: string, values: readonly number[]) =>
      statisticRows({
        name: (statistic) => `${label} (${statistic})`,
        label: (statistic) => `${label} (${statistic})`,
        unit,
        definition,
        statistics: STATISTICS,
        values,
      })
    const counts = answered.map((request) =>
      countDeadlines(
        chunkTimes(request),
        Math.round(options.ttftDeadlineNs(request.promptTokens)),
        options.tbtDeadlineNs,
      ),
    )
    const missed = counts.reduce((sum, each) => sum + each.missed, 0)
    const all = counts.reduce((sum, each) => sum + each.total, 0)
    const tpots = answered.map(({ gapsNs }) => (mean(gapsNs) ?? 0) / 1e9)
    const tbts = answered.flatMap(({ gapsNs }) => gapsNs.map((gapNs) => gapNs / 1e9))
    const deadlines = answered
      .map((request) => findTbtDeadline(chunkTimes(request), null, TARGET_MISS_RATE))
      .filter((deadlineNs) => deadlineNs !== null)
      .map((deadlineNs) => deadlineNs / 1e9)
    const requests = answered.length + failed
    return [
      {
        name: 'Error Rate',
        label: 'Error Rate',
        unit: 'fraction',
        definition: 'Failed requests divided by all requests.',
        value: requests === 0 ? null : failed / requests,
      },
      {
        name: 'service_level_deadline_miss_rate',
        label: 'Deadline Miss Rate',
        unit: 'fraction',
        definition:
          'Deadlines missed by all requests divided by their deadlines, by Algorithm 1 over chunks.',
        value: all === 0 ? null : missed / all,
      },
      ...metric(
        'Time to First Token',
        's',
        'From the dispatch to the first chunk.',
        answered.map(({ firstNs }) => firstNs / 1e9),
      ),
      ...metric('Time Between Tokens', 's', 'Every gap between two chunks, pooled over all requests.', tbts),
      ...metric(
        'Time per Output Token',
        's',
        'Mean gap between the chunks of a request; 0 with fewer than two chunks.',
        tpots,
      ),
      ...metric(
        'End to End Latency',
        's',
        'From the dispatch to the last chunk.',
        answered.map(({ lastNs }) => lastNs / 1e9),
      ),
      ...metric(
        'Normalized End to End Latency',
        's',
        'End-to-end latency divided by the output tokens.',
        answered.map(({ lastNs, outputTokens }) => (outputTokens === 0 ? 0 : lastNs / outputTokens / 1e9)),
      ),
      {
        name: 'tpot_based_throughput',
        label: 'TPOT based throughput',
        unit: 'tok/s',
        definition: '1 / mean over requests of the time per output token.',
        value: inverse(mean(tpots)),
      },
      {
        name: 'tbt_based_throughput',
        label: 'TBT based throughput',
        unit: 'tok/s',
        definition: '1 / P99 of the time between tokens.',
        value: inverse(percentile(99)(tbts)),
      },
      {
        name: 'deadline_based_throughput',
        label: 'Deadline based throughput',
        unit: 'tok/s',
        definition:
          '1 / P99 over requests of the smallest deadline between tokens at which a request misses at most 10 % of its deadlines, first tokens left out.',
        value: inverse(percentile(99)(deadlines)),
      },
    ]
  },
}

function chunkTimes({ firstNs, gapsNs }: CompatRequest): Float64Array {
  return Float64Array.from([firstNs, ...gapsNs])
}

function inverse(value: number | null): number | null {
  return value === null || value === 0 || !Number.isFinite(value) ? null : 1 / value
}
