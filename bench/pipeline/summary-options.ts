import type { SummaryOptions } from '../../src/metrics/summarize.ts'

/** How benchmarks judge made-up runs. */
export const SUMMARY_OPTIONS: SummaryOptions = {
  origin: 'due',
  ttftDeadlineNs: () => 300e6,
  ttftDeadlineText: '300 ms',
  tbtDeadlineNs: 25e6,
  ignoreFirst: false,
  minFluidity: 0.9,
  requestFraction: 0.99,
  failedRequests: 'miss',
  measureFromNs: 0,
}
