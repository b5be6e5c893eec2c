import { afterAll, beforeAll, expect, test } from 'vitest'
import { bench, readRun } from '../../src/index.ts'
import { quantileSorted } from '../../src/numerics/quantile-sorted.ts'
import { type EmbeddedEngine, type GroundTruth, startEmbeddedEngine } from '../../src/testing.ts'
import { temporaryFolder } from './run-metron.ts'

/**
 * Bounds of the instrument's error that this test states. Wide, since two cores are shared by the engine, the
 * instrument and whatever else runs; `bench/` keeps the figures of a quiet machine.
 */
const STAMP_P50_NS = 5e6
const STAMP_P99_NS = 60e6
const LAG_P99_NS = 60e6
/** A token's bytes can be read before the engine has noted that it wrote them. */
const EARLY_NS = 5e6

let engine: EmbeddedEngine
const folder = temporaryFolder()

beforeAll(async () => {
  engine = await startEmbeddedEngine({ model: 'sim:fast' })
})
afterAll(async () => {
  await engine.close()
  folder[Symbol.dispose]()
})

const run = (name: string, load: object) =>
  bench({
    target: { url: engine.url },
    load: { rate: '30/s', duration: '3s', warmup: '0', seed: 7, ...load },
    workload: { prompt: 'uniform:min=16,max=400', output: 'uniform:min=2,max=80' },
    output: { runs: folder.path, name },
  })

test('records agree with what the engine says it did', async () => {
  const { manifest, summary } = await run('truth', {})
  expect(summary.counts).toMatchObject({ failed: 0, measured: manifest.plannedRequests })

  const { records } = await readRun(`${folder.path}/truth`)
  const truths = new Map((await engine.groundTruth()).map((truth) => [truth.requestId, truth]))
  const truthOf = (id: number): GroundTruth => truths.get(`metron-${id}`)!
  const zeroNs = Number(manifest.clockZeroNs)
  const stampErrorsNs: number[] = []
  for (const record of records) {
    const truth = truthOf(record.id)
    const tokens = Array.from(record.chunks.tokens!)
    expect(tokens.reduce((sum, count) => sum + count, 0)).toBe(truth.outputTokens)
    expect(record.output.wantedTokens).toBe(truth.outputTokens)
    expect(record.output.serverTokens).toBe(truth.outputTokens)
    expect(record.prompt.serverTokens).toBe(truth.promptTokens)
    expect(record.prompt.wantedTokens).toBe(truth.promptTokens)
    for (const [index, writtenNs] of truth.tokenWrittenNs.entries())
      stampErrorsNs.push(record.chunks.ns[index]! + zeroNs - writtenNs)
    expect(record.moments.sentNs! + zeroNs).toBeLessThanOrEqual(truth.receivedNs + EARLY_NS)
  }

  const sorted = Float64Array.from(stampErrorsNs).sort()
  expect(sorted.length).toBeGreaterThan(1000)
  expect(sorted[0]).toBeGreaterThan(-EARLY_NS)
  expect(quantileSorted(sorted, 0.5)).toBeLessThan(STAMP_P50_NS)
  expect(quantileSorted(sorted, 0.99)).toBeLessThan(STAMP_P99_NS)

  const lags = Float64Array.from(records, ({ moments }) => moments.dispatchedNs - moments.dueNs).sort()
  expect(lags[0]).toBeGreaterThanOrEqual(0)
  expect(quantileSorted(lags, 0.99)).toBeLessThan(LAG_P99_NS)
})

test('the same seed makes the same plan, whatever the number of threads', async () => {
  const one = await run('one-thread', { workers: 1, duration: '1s' })
  const three = await run('three-threads', { workers: 3, duration: '1s' })
  const other = await run('other-seed', { workers: 1, duration: '1s', seed: 8 })
  expect(three.manifest.planDigest).toBe(one.manifest.planDigest)
  expect(other.manifest.planDigest).not.toBe(one.manifest.planDigest)
  const planOf = async (name: string) =>
    (await readRun(`${folder.path}/${name}`)).records.map(({ id, moments, prompt, output }) => ({
      id,
      dueNs: moments.dueNs,
      promptTokens: prompt.wantedTokens,
      outputTokens: output.wantedTokens,
      serverPromptTokens: prompt.serverTokens,
    }))
  expect(await planOf('three-threads')).toEqual(await planOf('one-thread'))
  const workers = new Set((await readRun(`${folder.path}/three-threads`)).records.map(({ worker }) => worker))
  expect(workers).toEqual(new Set([0, 1, 2]))
})

test('tokens are attributed to chunks when an event holds several', async () => {
  const grouped = await startEmbeddedEngine({ model: 'sim:fast', tokensPerEvent: 4 })
  try {
    const { summary } = await bench({
      target: { url: grouped.url },
      load: { users: 4, requests: 12, warmup: '0', seed: 1 },
      workload: { prompt: 64, output: 30 },
      output: { runs: folder.path, name: 'grouped' },
    })
    expect(summary.counts.outputTokens).toBe(12 * 30)
    const { records } = await readRun(`${folder.path}/grouped`)
    for (const { chunks, tokenSource } of records) {
      expect(tokenSource).toBe('usage')
      expect(Array.from(chunks.tokens!)).toEqual([4, 4, 4, 4, 4, 4, 4, 2])
    }
  } finally {
    await grouped.close()
  }
})
