import { expect, test } from 'vitest'
import { makeSyntheticRun, type SyntheticRun } from '../../../test/synthetic-run.ts'
import { summarize } from '../../metrics/summarize.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import { buildRunView } from './build-run-view.ts'

const viewOf = (run: SyntheticRun) => buildRunView(makeSyntheticRun(run))
const warningsOf = (run: SyntheticRun) => viewOf(run).warnings.map(({ id }) => id)

test('a run whose requests meet their deadlines felt smooth', () => {
  const { felt } = viewOf({ requests: 60, stallChance: 0 })
  expect(felt).toMatchObject({ kind: 'smooth', headline: 'Felt smooth', fluidFraction: 1 })
  expect(felt.explanation).toContain('(100 %)')
})

test('a run with stalls did not feel smooth, and says how many requests were fluid', () => {
  const { felt } = viewOf({ requests: 300, stallChance: 0.01 })
  expect(felt.kind).toBe('not-smooth')
  expect(felt.explanation).toMatch(/^\d+ of \d+ requests \(\d+(\.\d)? %\) were fluid/)
})

test('no request, few requests and only failed requests are too little data, never a pass', () => {
  expect(viewOf({ requests: 0 }).felt).toMatchObject({
    kind: 'no-data',
    explanation: 'No request was measured.',
  })
  expect(viewOf({ requests: 9, stallChance: 0 }).felt.kind).toBe('no-data')
  expect(viewOf({ requests: 30, failFraction: 1 }).felt).toMatchObject({
    kind: 'no-data',
    headline: 'Nothing answered',
  })
})

test('a run that the instrument spoiled is void, however smooth', () => {
  const health = { verdict: 'invalid', reasons: ['requests were sent 80 ms late'] } as const
  const { felt, health: shown } = viewOf({ requests: 60, stallChance: 0, health })
  expect(felt.kind).toBe('void')
  expect(shown).toMatchObject({ verdict: 'invalid', reasons: ['requests were sent 80 ms late'] })
})

test('a run that the instrument spoiled is void too when nothing answered', () => {
  const { felt } = viewOf({ requests: 60, failFraction: 1, health: { verdict: 'invalid' } })
  expect(felt).toMatchObject({ kind: 'void', headline: 'Run is void' })
  expect(felt.explanation).toMatch(/For what it is worth: All .* measured requests failed/)
})

test('the load of an open loop, a burst and a closed loop are told apart', () => {
  const offered = (run: Partial<SyntheticRun>) =>
    viewOf({ requests: 60, ...run }).health.facts.find(({ label }) => label === 'Load offered')?.value
  expect(offered({})).toBe('4.00 req/s')
  expect(offered({ health: { offeredPerSec: null } })).toBe('all at once')
  expect(offered({ health: { offeredPerSec: null }, manifest: { users: 8 } })).toBe('closed loop, 8 users')
})

test('the fit of arrivals and the steal are shown where they are known', () => {
  const facts = (health: NonNullable<SyntheticRun['health']>) =>
    viewOf({ requests: 60, health }).health.facts.map(({ label, value }) => `${label}: ${value}`)
  const fit = { test: 'kolmogorov-smirnov', distribution: 'exponential', count: 60 } as const
  expect(facts({ arrivals: { ...fit, statistic: 0.08, pValue: 0.4 }, cpuStealFraction: 0.02 })).toEqual(
    expect.arrayContaining(['Fit of arrivals: distance 0.0800, p 0.400', 'CPU steal: 2 %']),
  )
  expect(facts({ arrivals: { ...fit, statistic: 0.3, pValue: 1e-9 } })).toContain(
    'Fit of arrivals: distance 0.300, p below 0.001',
  )
  expect(facts({}).join()).not.toMatch(/Fit of arrivals|CPU steal/)
})

test('a run cut off before its end has unknown health', () => {
  expect(viewOf({ requests: 12, health: null }).health.verdict).toBe('unknown')
})

test('each weakness is warned of', () => {
  expect(warningsOf({ requests: 700, stallChance: 0, manifest: { measureFromNs: 0 } })).toEqual([])
  expect(warningsOf({ requests: 300, failFraction: 0.1 })).toEqual(['requests-failed', 'few-samples'])
  const many = { requests: 700 }
  expect(warningsOf({ ...many, manifest: { status: 'interrupted' } })).toEqual(['not-complete'])
  expect(warningsOf({ ...many, manifest: { status: 'running' } })).toEqual(['not-complete'])
  expect(warningsOf({ ...many, manifest: { users: 8 } })).toEqual(['closed-loop'])
  expect(warningsOf({ ...many, health: { offeredPerSec: null } })).toEqual([])
  expect(warningsOf({ ...many, health: { resends: 3 } })).toEqual(['resends'])
})

test('one token for each chunk, missed output lengths and excluded failures are warned of', () => {
  const input = makeSyntheticRun({ requests: 700 })
  const records = input.records.map((record) => ({
    ...record,
    chunks: { ...record.chunks, tokens: null },
    tokenSource: null,
    output: { ...record.output, wantedTokens: record.output.wantedTokens * 2 },
  }))
  const options = { ...input.options, failedRequests: 'exclude' } as const
  const summary = summarize(records, { ...options, ttftDeadlineText: '200 ms' })
  const { warnings } = buildRunView({ ...input, records, options, summary })
  expect(warnings.map(({ id }) => id)).toEqual([
    'token-source-chunk',
    'failed-excluded',
    'output-length-missed',
  ])
})

/** Warnings of the synthetic run with other records. */
function warningsAfter(change: (record: RequestRecord) => RequestRecord, run: Partial<SyntheticRun> = {}) {
  const input = makeSyntheticRun({ requests: 700, ...run })
  const records = input.records.map(change)
  const summary = summarize(records, { ...input.options, ttftDeadlineText: '200 ms' })
  return buildRunView({ ...input, records, summary }).warnings.map(({ id }) => id)
}

test('a tokenizer that counts otherwise than the server is warned of, when that is not the rare answer', () => {
  const counted = (everyth: number) =>
    warningsAfter((record) => {
      const serverTokens =
        record.id % everyth === 0 ? Math.round(record.output.wantedTokens * 1.1) : record.output.wantedTokens
      return { ...record, tokenSource: 'tokenizer', output: { ...record.output, serverTokens } }
    })
  expect(counted(1)).toEqual(['token-counts-differ'])
  expect(counted(10)).toEqual(['token-counts-differ'])
  expect(counted(50)).toEqual([])
})

test('a running usage is checked by the tokenizer, where that counted the answers too', () => {
  const input = makeSyntheticRun({ requests: 700 })
  const warningsWith = (factor: number) => {
    const tokenizerCounts = new Map(
      input.records.map(({ id, output }) => [id, Math.round(output.wantedTokens * factor)]),
    )
    return buildRunView({ ...input, tokenizerCounts }).warnings.map(({ id }) => id)
  }
  expect(warningsWith(1)).toEqual([])
  expect(warningsWith(0.9)).toEqual(['token-counts-differ'])
})

/** Chunks leave only every 200 ms, as with a proxy that flushes by a timer. */
function heldBack(record: RequestRecord): RequestRecord {
  const ns = Array.from(record.chunks.ns, (at) => Math.ceil(at / 200e6) * 200e6)
  return { ...record, chunks: { ...record.chunks, ns } }
}

test('a proxy that holds chunks back is warned of, unless it does so to the lesser part of the requests', () => {
  expect(warningsAfter(heldBack)).toEqual(['comes-in-bursts'])
  expect(warningsAfter((record) => (record.id % 10 < 6 ? heldBack(record) : record))).toEqual([
    'comes-in-bursts',
  ])
  expect(warningsAfter((record) => (record.id % 10 < 4 ? heldBack(record) : record))).toEqual([])
})

test('bursts that the stamping threads can have made themselves are not blamed on a proxy', () => {
  const workers = [0, 1].map((worker) => ({
    worker,
    loopDelayP99Ns: 250e6,
    loopDelayMaxNs: 300e6,
    loopUtilizationFraction: 1,
    gcCount: 0,
    gcTotalNs: 0,
    gcMaxNs: 0,
  }))
  expect(warningsAfter(heldBack, { health: { workers } })).toEqual([])
})

test('failures are counted by reason, most frequent first, and sum to the failed requests', () => {
  const { failures, title } = viewOf({ requests: 200, failFraction: 0.3, text: 'boom' })
  const counts = failures.map(({ count }) => count)
  expect(counts).toEqual(counts.toSorted((a, b) => b - a))
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(title.failedRequests)
  expect(failures[0]).toMatchObject({ reason: 'connection-reset', example: 'boom' })
})

test('curves end at their largest sample and carry the percentiles of the table', () => {
  const { cdfs, metrics } = viewOf({ requests: 300 })
  for (const cdf of cdfs) {
    const row = metrics.find(({ id }) => id === cdf.id)!
    expect(cdf.count).toBe(row.count)
    expect(cdf.values.at(-1)).toBe(row.max)
    expect(cdf.shares.at(-1)).toBe(1)
    expect(cdf.marks[0]).toMatchObject({ name: 'p50', value: row.p50 })
  }
})

test('timelines show the least and the most fluid request, and missed deadlines add up', () => {
  const { timelines } = viewOf({ requests: 300, stallChance: 0.01 })
  expect(timelines.map(({ choice }) => choice.split(',')[0])).toContain('Least fluid')
  expect(timelines.map(({ choice }) => choice)).toContain('Most fluid')
  for (const timeline of timelines) {
    expect(timeline.stalls.reduce((sum, stall) => sum + stall.missed, 0)).toBe(timeline.missed)
    expect(timeline.steps.tokens.at(-1)).toBe(timeline.outputTokens)
  }
})

test('the points of a long run are sampled, and the slowest first tokens are among them', () => {
  const { promptScatter, metrics } = viewOf({ requests: 1500 })
  expect(promptScatter.ttftNs).toHaveLength(1000)
  expect(promptScatter.sampling).toContain('250 slowest')
  expect(Math.max(...promptScatter.ttftNs)).toBe(metrics.find(({ id }) => id === 'ttft')!.max)
})

test('a view is plain JSON', () => {
  const view = viewOf({ requests: 40, failFraction: 0.2 })
  expect(JSON.parse(JSON.stringify(view))).toEqual(view)
})

test('a run of another tool tells whose it is, what its file cannot support, and no machine that nobody knows', () => {
  const limits = ['The file holds no due times.', 'Tokens were spread evenly.']
  const imported = { format: 'vllm', file: 'results.json', hasDueTimes: false, limits }
  const view = buildRunView(makeSyntheticRun({ requests: 30, health: null, manifest: { imported } }))
  expect(view.warnings.slice(0, 2).map(({ text }) => text)).toEqual(limits)
  expect(view.health.verdict).toBe('unknown')
  expect(view.health.reasons.join(' ')).toContain('vllm, results.json')
  expect(view.reproduce.facts.map(({ label }) => label)).not.toContain('Machine')
  expect(view.reproduce.facts.map(({ value }) => value)).toContain('results.json')
})
