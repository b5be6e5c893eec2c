import { describe, expect, test } from 'vitest'
import { createExponentialSampler } from '../../numerics/exponential-sampler.ts'
import { addUpGaps } from './add-up-gaps.ts'
import { type ArrivalContractCase, arrivalContract } from './arrival-contract.ts'
import type { ArrivalProcess } from './arrival-process.ts'
import { burstArrivals } from './burst-arrivals.ts'
import { closedLoopArrivals } from './closed-loop-arrivals.ts'
import { constantArrivals } from './constant-arrivals.ts'
import { gammaArrivals } from './gamma-arrivals.ts'
import { poissonArrivals } from './poisson-arrivals.ts'

const badRates = [{ ratePerSec: 0 }, { ratePerSec: -1 }, { ratePerSec: Number.POSITIVE_INFINITY }, {}]
const gammaOf = (cv: number, rateTolerance: number): ArrivalContractCase<unknown> => ({
  process: gammaArrivals,
  options: { ratePerSec: 7, cv },
  badOptions: [...badRates, { ratePerSec: 7, cv: 0 }, { ratePerSec: 7 }],
  ratePerSec: 7,
  rateTolerance,
})
const cases: Record<string, ArrivalContractCase<unknown>> = {
  constant: {
    process: constantArrivals,
    options: { ratePerSec: 3 },
    badOptions: badRates,
    ratePerSec: 3,
    rateTolerance: 1e-4,
    random: false,
  },
  poisson: {
    process: poissonArrivals,
    options: { ratePerSec: 40 },
    badOptions: badRates,
    ratePerSec: 40,
    rateTolerance: 4 / Math.sqrt(20_000),
  },
  'gamma with cv 0.5': gammaOf(0.5, (4 * 0.5) / Math.sqrt(20_000)),
  'gamma with cv 3': gammaOf(3, (4 * 3) / Math.sqrt(20_000)),
  'closed loop': {
    process: closedLoopArrivals,
    options: { users: 4 },
    badOptions: [{ users: 0 }, { users: 1.5 }],
  },
  burst: { process: burstArrivals, options: {}, random: false },
}

for (const [name, contractCase] of Object.entries(cases)) {
  describe(`the arrival process ${name}`, () => {
    for (const check of arrivalContract(contractCase)) test(check.name, check.run)
  })
}

const failures = (process: ArrivalProcess<{ ratePerSec: number }>): string[] => {
  const checks = arrivalContract({ process, options: { ratePerSec: 10 }, ratePerSec: 10 })
  return checks.filter((check) => throws(check.run)).map((check) => check.name)
}
const throws = (run: () => void): boolean => {
  try {
    run()
    return false
  } catch {
    return true
  }
}

test('the contract finds what is wrong with a broken process, and only that', () => {
  expect(failures(poissonArrivals)).toEqual([])
  expect(failures({ ...poissonArrivals, kind: 'My Process' })).toEqual([
    'has a kind in kebab-case and a summary of one line',
  ])
  expect(failures({ ...poissonArrivals, users: () => 2 })).toEqual([
    'is either an open loop with due times or a closed loop with users',
  ])
  const unrounded: typeof poissonArrivals = {
    ...poissonArrivals,
    *dueTimesNs(options, random) {
      for (const due of poissonArrivals.dueTimesNs!(options, random)) yield due + 0.5
    },
  }
  expect(failures(unrounded)).toEqual(['gives due times that are integers from 0 and never decrease'])
  const unseeded: typeof poissonArrivals = {
    ...poissonArrivals,
    *dueTimesNs({ ratePerSec }) {
      for (let sumNs = 0; ; sumNs -= Math.round((1e9 * Math.log(1 - Math.random())) / ratePerSec)) yield sumNs
    },
  }
  expect(failures(unseeded)).toEqual([
    'gives the same due times for the same seed, also when two are read in turn',
    'gives the same first due times however many are read',
  ])
  const tooSlow: typeof poissonArrivals = {
    ...poissonArrivals,
    dueTimesNs: (_, random) => poissonArrivals.dueTimesNs!({ ratePerSec: 8 }, random),
  }
  expect(failures(tooSlow)).toEqual(['has the asked mean rate', 'has gaps of the distribution that it names'])
  const truncated: typeof poissonArrivals = {
    ...poissonArrivals,
    dueTimesNs: ({ ratePerSec }, random) => {
      const draw = createExponentialSampler(random, ratePerSec)
      return addUpGaps(() => Math.min(draw(), 3 / ratePerSec) / -Math.expm1(-3))
    },
  }
  expect(failures(truncated)).toEqual(['has gaps of the distribution that it names'])
  const falling: typeof poissonArrivals = {
    ...poissonArrivals,
    gaps: (options) => {
      const { name, cdf } = poissonArrivals.gaps!(options)
      return { name, cdf: (gapNs) => cdf(gapNs) + 0.003 * Math.sin(gapNs / 1e6) }
    },
  }
  expect(failures(falling)).toEqual(['has gaps of the distribution that it names'])
})
