import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import { createExponentialSampler } from '../numerics/exponential-sampler.ts'
import { addUpGaps } from '../workload/arrivals/add-up-gaps.ts'
import type { ArrivalProcess } from '../workload/arrivals/arrival-process.ts'
import { gammaArrivals } from '../workload/arrivals/gamma-arrivals.ts'
import { poissonArrivals } from '../workload/arrivals/poisson-arrivals.ts'
import { assessHealth } from './assess-health.ts'
import { fitArrivals } from './fit-arrivals.ts'
import { ARRIVAL_DOUBT } from './health-limits.ts'

type Rate = { ratePerSec: number }
type Distort = (dueNs: number, index: number) => number

/** Records of the requests due in `seconds`, each dispatched 20 µs late or at the distorted moment. */
function run<Options>(
  process: ArrivalProcess<Options>,
  options: Options,
  seed: number,
  seconds = 20,
  distort: Distort = (dueNs) => dueNs + 20_000,
) {
  const records = []
  for (const dueNs of process.dueTimesNs!(options, createRandomStream(seed))) {
    if (dueNs >= seconds * 1e9) break
    const dispatchedNs = distort(dueNs, records.length)
    records.push(makeRecord({ id: records.length, dueNs, dispatchedNs, endNs: dispatchedNs + 1e6 }))
  }
  const gaps = process.gaps!(options)
  const offered = { requests: records.length, spanNs: seconds * 1e9 }
  const health = { loops: [], offered, capped: false, cpuStealFraction: null, backlogMaxNs: null }
  return { fit: fitArrivals(records, gaps)!, ...assessHealth({ records, gaps, ...health }) }
}

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed)

test.each([
  ['poisson at 5/s', (seed: number) => run(poissonArrivals, { ratePerSec: 5 }, seed)],
  ['poisson at 100/s', (seed: number) => run(poissonArrivals, { ratePerSec: 100 }, seed)],
  ['poisson at 1,000/s', (seed: number) => run(poissonArrivals, { ratePerSec: 1000 }, seed, 5)],
  ['gamma with cv 0.3', (seed: number) => run(gammaArrivals, { ratePerSec: 50, cv: 0.3 }, seed)],
  ['gamma with cv 4', (seed: number) => run(gammaArrivals, { ratePerSec: 50, cv: 4 }, seed)],
])('%s passes under 20 seeds: p under 5 % at most 4 times, no verdict touched', (_, runOf) => {
  const runs = SEEDS.map(runOf)
  // A binomial variable of 20 trials at 5 % exceeds 4 once in 390.
  expect(runs.filter(({ fit }) => fit.pValue < 0.05).length).toBeLessThanOrEqual(4)
  expect(runs.filter(({ verdict }) => verdict !== 'valid')).toEqual([])
})

test('over 1,000 seeds p under 5 % comes no more often than 5 %, and below the doubt hardly ever', () => {
  const fits = Array.from(
    { length: 1000 },
    (_, seed) => run(poissonArrivals, { ratePerSec: 10 }, seed, 10).fit,
  )
  // Four standard errors above. Fewer may come: only gaps above the resolution are compared.
  expect(fits.filter(({ pValue }) => pValue < 0.05).length).toBeLessThan(50 + 28)
  expect(fits.filter(({ pValue }) => pValue < ARRIVAL_DOUBT).length).toBeLessThanOrEqual(4)
})

/** Poisson arrivals whose long gaps are cut at twice the mean, as by a think time with an upper limit. */
const truncatedArrivals: ArrivalProcess<Rate> = {
  ...poissonArrivals,
  dueTimesNs({ ratePerSec }, random) {
    const draw = createExponentialSampler(random, ratePerSec)
    return addUpGaps(() => Math.min(draw(), 2 / ratePerSec))
  },
}

/** Poisson arrivals collected into groups of four that leave together. */
const clumpedArrivals: ArrivalProcess<Rate> = {
  ...poissonArrivals,
  *dueTimesNs(options, random) {
    let group: number[] = []
    for (const dueNs of poissonArrivals.dueTimesNs!(options, random)) {
      group.push(dueNs)
      if (group.length < 4) continue
      for (const _ of group) yield dueNs
      group = []
    }
  },
}

test('a truncated process fails and degrades the run', () => {
  for (const seed of SEEDS) {
    const { fit, verdict, reasons } = run(truncatedArrivals, { ratePerSec: 50 }, seed)
    expect(fit.pValue).toBeLessThan(ARRIVAL_DOUBT)
    // The share of gaps above twice the mean.
    expect(fit.statistic).toBeGreaterThan(Math.exp(-2) - 0.05)
    expect(verdict).toBe('degraded')
    expect(reasons[0]).toMatch(/did not leave like exponential arrivals \(Kolmogorov-Smirnov distance 0\.1/)
  }
})

test('a clumped process fails and voids the run', () => {
  for (const seed of SEEDS) {
    const { fit, verdict } = run(clumpedArrivals, { ratePerSec: 50 }, seed)
    expect(fit.pValue).toBeLessThan(ARRIVAL_DOUBT)
    expect(fit.statistic).toBeGreaterThan(0.5)
    expect(verdict).toBe('invalid')
  }
})

test('right due times that leave in clumps, or no faster than a limit, fail', () => {
  const everyTick: Distort = (dueNs) => Math.ceil(dueNs / 100e6) * 100e6
  expect(run(poissonArrivals, { ratePerSec: 50 }, 1, 20, everyTick).fit.pValue).toBeLessThan(1e-6)
  let lastNs = 0
  const limited: Distort = (dueNs) => {
    lastNs = Math.max(dueNs, lastNs + 15e6)
    return lastNs
  }
  expect(run(poissonArrivals, { ratePerSec: 50 }, 1, 20, limited).fit.pValue).toBeLessThan(1e-6)
})

test('requests that leave in another order than they were due still fit', () => {
  const { fit } = run(poissonArrivals, { ratePerSec: 200 }, 1, 20, (dueNs, i) => dueNs + (i % 3) * 300_000)
  expect(fit.pValue).toBeGreaterThan(ARRIVAL_DOUBT)
})

test('a tiny distortion of very many gaps is significant but no reason to doubt a run', () => {
  const { fit, verdict } = run(
    poissonArrivals,
    { ratePerSec: 500 },
    1,
    100,
    (dueNs) => Math.ceil(dueNs / 500e3) * 500e3,
  )
  expect(fit.count).toBeGreaterThan(40_000)
  expect(fit.pValue).toBeLessThan(ARRIVAL_DOUBT)
  expect(verdict).toBe('valid')
})

test('fewer than 10 requests are not tested', () => {
  const records = Array.from({ length: 9 }, (_, i) => makeRecord({ dueNs: i * 1e9 }))
  expect(fitArrivals(records, poissonArrivals.gaps!({ ratePerSec: 1 }))).toBeNull()
})
