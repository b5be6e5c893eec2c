import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import { assessHealth, type HealthFacts } from './assess-health.ts'

const CALM = {
  worker: 0,
  loopDelayP99Ns: 1e6,
  loopDelayMaxNs: 2e6,
  loopUtilizationFraction: 0.1,
  gcCount: 1,
  gcTotalNs: 1e6,
  gcMaxNs: 1e6,
}

/** A run of 100 requests, one every 10 ms, each `lagNs` late. */
function assess(lagNs: (id: number) => number, change: Partial<HealthFacts> = {}) {
  const records = Array.from({ length: 100 }, (_, id) => {
    const dueNs = (id + 1) * 10e6
    return makeRecord({ id, dueNs, dispatchedNs: dueNs + lagNs(id), connectNs: id < 3 ? 1e6 : null })
  })
  return assessHealth({
    records,
    loops: [CALM],
    offered: { requests: 100, spanNs: 1e9 },
    capped: false,
    ...change,
  })
}

test('a run that was on time is valid and says how precise it was', () => {
  expect(assess(() => 50_000)).toEqual({
    verdict: 'valid',
    reasons: [],
    lag: { p50Ns: 50_000, p99Ns: 50_000, maxNs: 50_000 },
    workers: [CALM],
    cpuStealFraction: null,
    arrivals: null,
    calibration: null,
    offeredPerSec: 100,
    achievedPerSec: (100 / (1e9 + 50_000)) * 1e9,
    connectionsOpened: 3,
    connectionsReused: 97,
    resends: 0,
  })
})

test('a few late requests are shown but do not spoil a run', () => {
  const health = assess((id) => (id === 7 ? 400e6 : 0))
  expect(health.verdict).toBe('valid')
  expect(health.lag?.maxNs).toBe(400e6)
})

test('lag at p99 degrades or voids a run and the reason says what to change', () => {
  const degraded = assess(() => 15e6)
  expect(degraded.verdict).toBe('degraded')
  expect(degraded.reasons[0]).toMatch(/15\.0 ms late at p99: use more workers/)
  expect(assess(() => 150e6).verdict).toBe('invalid')
})

test('an event loop that was late makes stamps late', () => {
  const health = assess(() => 0, { loops: [CALM, { ...CALM, worker: 1, loopDelayP99Ns: 250e6 }] })
  expect(health.verdict).toBe('invalid')
  expect(health.reasons[0]).toContain('worker 1')
})

test('a rate that was not reached is told', () => {
  const health = assess((id) => id * 5e6)
  expect(health.verdict).toBe('invalid')
  expect(health.reasons.join(' ')).toMatch(/Only 66\.\d of 100 requests\/s were sent/)
})

test('the wait behind a cap that the user set is not held against the instrument', () => {
  expect(assess((id) => id * 5e6, { capped: true }).verdict).toBe('valid')
})

test('a closed loop offers no rate of its own', () => {
  const health = assess(() => 0, { offered: null })
  expect(health.offeredPerSec).toBeNull()
  expect(health.achievedPerSec).toBeCloseTo(100, 9)
})

test('nothing dispatched gives no lag and no rates', () => {
  expect(assessHealth({ records: [], loops: [CALM], offered: null, capped: false })).toMatchObject({
    verdict: 'valid',
    lag: null,
    offeredPerSec: null,
    achievedPerSec: null,
  })
})
