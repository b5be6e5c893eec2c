import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import type { RequestRecord } from '../records/request-record.ts'
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
    cpuStealFraction: null,
    backlogMaxNs: null,
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
    backlogMaxNs: null,
  })
})

test('a few late requests are shown but do not spoil a run', () => {
  const health = assess((id) => (id === 7 ? 400e6 : 0))
  expect(health.verdict).toBe('valid')
  expect(health.lag?.maxNs).toBe(400e6)
})

test('lag at p99 degrades or voids a run and the reason says what to change', () => {
  const degraded = assess((id) => (id < 10 ? 150e6 : 0))
  expect(degraded.verdict).toBe('degraded')
  expect(degraded.reasons).toEqual([
    'Requests left 0 ms late at p50 and 150 ms at p99: use more workers, a lower rate or another machine.',
  ])
  expect(assess((id) => (id < 10 ? 300e6 : 0)).verdict).toBe('invalid')
  // A pause that hits fewer than ten requests is no reason to void a short run.
  expect(assess((id) => (id < 9 ? 900e6 : 0)).verdict).toBe('degraded')
})

test('lateness of the typical request voids a run earlier than that of a few', () => {
  expect(assess(() => 15e6).verdict).toBe('degraded')
  expect(assess(() => 60e6).verdict).toBe('invalid')
})

test('an event loop that was late makes stamps late, and what voids a run is told first', () => {
  const loops = [
    { ...CALM, loopDelayP99Ns: 30e6 },
    { ...CALM, worker: 1, loopDelayP99Ns: 1.25e9, gcMaxNs: 40e6 },
  ]
  const health = assess(() => 0, { loops })
  expect(health.verdict).toBe('invalid')
  expect(health.reasons[0]).toContain('The event loop of worker 1 was 1.25 s late at p99')
  expect(health.reasons[0]).toContain('longest garbage collection took 40 ms')
  expect(health.reasons[1]).toContain('worker 0 was 30 ms late')
})

test('a rate that was not reached is told, without an exponent', () => {
  const offered = { requests: 40_000, spanNs: 1e9 }
  const health = assess((id) => id * 5e6, { offered })
  expect(health.verdict).toBe('invalid')
  expect(health.reasons.join(' ')).toMatch(/Only 66\.9 of 40000 requests\/s were sent/)
})

test('a pause at the end of a short run is lag, not a rate that was not reached', () => {
  const health = assess((id) => (id === 99 ? 120e6 : 0))
  expect(health.achievedPerSec! / health.offeredPerSec!).toBeLessThan(0.9)
  expect(health.reasons).toEqual([])
})

test('the wait behind a cap that the user set is not held against the instrument', () => {
  const never = { name: 'never', cdf: () => 1 }
  const health = assess((id) => id * 5e6, { capped: true, gaps: never })
  expect(health.verdict).toBe('valid')
  expect(health.arrivals?.statistic).toBe(1)
})

test('requests that were held back until the run ended were not dispatched', () => {
  const sent = Array.from({ length: 50 }, (_, id) => makeRecord({ id, dueNs: (id + 1) * 10e6 }))
  const held = Array.from({ length: 50 }, (_, i) => ({
    id: 50 + i,
    dueNs: 500e6 + (i + 1) * 10e6,
    dispatchedNs: 3e9,
    sentNs: null,
    endNs: 3e9,
    failure: 'unfinished' as const,
  })).map(makeRecord)
  const facts = { records: [...sent, ...held], offered: { requests: 100, spanNs: 1e9 } }
  const capped = assess(() => 0, { ...facts, capped: true })
  expect(capped.lag?.maxNs).toBe(1000)
  expect(capped.achievedPerSec).toBe(50)
  expect(capped.connectionsReused).toBe(50)
  expect(capped.verdict).toBe('valid')
  const starved = assess(() => 0, facts)
  expect(starved.verdict).toBe('invalid')
  expect(starved.reasons[0]).toMatch(/^Only 50 of 100 requests\/s were sent/)
})

test('a closed loop offers no rate of its own, and achieves what was sent over the whole run', () => {
  const health = assess(() => 0, { offered: null })
  expect(health.offeredPerSec).toBeNull()
  expect(health.achievedPerSec).toBeCloseTo(100, 2)
})

/** 100 requests, all due at the start; each is sent 5 ms after the one before. */
const burstOf = (endNs: number): RequestRecord[] =>
  Array.from({ length: 100 }, (_, id) => makeRecord({ id, dispatchedNs: id * 5e6, endNs: id * 5e6 + endNs }))

test('a burst has no rate, and sending it may take a tenth of the run', () => {
  const offered = { requests: 100, spanNs: 0 }
  const long = assess(() => 0, { records: burstOf(20e9), offered })
  expect(long).toMatchObject({ verdict: 'valid', offeredPerSec: null, lag: { maxNs: 495e6 } })
  expect(long.achievedPerSec).toBeCloseTo(100 / 20.495, 9)
  const short = assess(() => 0, { records: burstOf(1e9), offered })
  expect(short.verdict).toBe('degraded')
  expect(short.reasons[0]).toMatch(
    /Sending the 100 requests that were due together took 495 ms of a run of 1.5 s/,
  )
  expect(assess(() => 0, { records: burstOf(100e6), offered }).verdict).toBe('invalid')
})

test('the first requests of many users are a burst too, later ones are not excused', () => {
  const later = (lagNs: number) =>
    Array.from({ length: 100 }, (_, i) =>
      makeRecord({
        id: 100 + i,
        dueNs: 20e9 + i * 10e6,
        dispatchedNs: 20e9 + i * 10e6 + lagNs,
        endNs: 30e9,
      }),
    )
  const of = (lagNs: number) =>
    assess(() => 0, { records: [...burstOf(19e9), ...later(lagNs)], offered: null }).verdict
  expect(of(50_000)).toBe('valid')
  expect(of(100e6)).toBe('invalid')
})

test('CPU time given to other machines and a main thread far behind degrade a run', () => {
  expect(assess(() => 0, { cpuStealFraction: 0.05, backlogMaxNs: 1e9 }).verdict).toBe('valid')
  const health = assess(() => 0, { cpuStealFraction: 0.3, backlogMaxNs: 4e9 })
  expect(health.verdict).toBe('degraded')
  expect(health.reasons[0]).toContain('gave 30 % of the CPU time to other machines')
  expect(health.reasons[1]).toContain('parses answers was 4 s behind; stamps are not late')
})

test('nothing dispatched gives no lag and no rates', () => {
  expect(assess(() => 0, { records: [], offered: null })).toMatchObject({
    verdict: 'valid',
    lag: null,
    offeredPerSec: null,
    achievedPerSec: null,
    arrivals: null,
  })
})

test('requests that failed in the client itself are held against it, not against the server', () => {
  const records = (failed: number) =>
    Array.from({ length: 200 }, (_, id) =>
      makeRecord({ id, dueNs: id * 1e6, ...(id < failed ? { failure: 'client' as const } : {}) }),
    )
  const assessFailed = (failed: number) =>
    assessHealth({
      records: records(failed),
      loops: [CALM],
      offered: null,
      capped: true,
      cpuStealFraction: null,
      backlogMaxNs: null,
    })
  expect(assessFailed(0).verdict).toBe('valid')
  expect(assessFailed(1).verdict).toBe('degraded')
  expect(assessFailed(10).verdict).toBe('invalid')
  expect(assessFailed(10).reasons[0]).toContain('10 requests failed in the client itself')
})
