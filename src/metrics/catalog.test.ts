import { expect, test } from 'vitest'
import { findMetric, METRIC_CATALOG, REQUEST_METRICS } from './catalog.ts'

test('holds the metrics that the metrics document defines', () => {
  expect(METRIC_CATALOG.map(({ id }) => id).sort()).toEqual(
    [
      'ttft ttfat tbt tpot e2e normalized-latency worst-gap output-throughput interactivity prompt-tokens output-tokens',
      'fluidity-index token-fluidity deadline-miss-rate dispatch-lag connect-time headers-time',
      'service-miss-rate fluid-requests fluid-token-rate rate-by-mean-tpot rate-by-p99-tbt',
      'request-throughput output-token-throughput total-token-throughput error-rate',
    ]
      .join(' ')
      .split(' ')
      .sort(),
  )
})

test('names each metric once, in whole sentences, with its source', () => {
  expect(new Set(METRIC_CATALOG.map(({ id }) => id)).size).toBe(METRIC_CATALOG.length)
  expect(new Set(METRIC_CATALOG.map(({ label }) => label)).size).toBe(METRIC_CATALOG.length)
  for (const { id, definition, source } of METRIC_CATALOG) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(definition).toMatch(/^[A-Z0-9].*\.$/)
    expect(source.length).toBeGreaterThan(10)
  }
})

test('lists as metrics of requests those with that scope', () => {
  const ofRequests = METRIC_CATALOG.filter(({ scope }) => scope === 'request').map(({ id }) => id)
  expect(REQUEST_METRICS.map(({ id }) => id).sort()).toEqual(ofRequests.sort())
})

test('finds a metric by its id', () => {
  expect(findMetric('ttft')?.label).toBe('Time to first token')
  expect(findMetric('no-such-metric')).toBeUndefined()
})
