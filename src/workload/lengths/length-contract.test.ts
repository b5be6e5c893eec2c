import { describe, expect, test } from 'vitest'
import { fixedLength } from './fixed-length.ts'
import { type LengthContractCase, lengthContract } from './length-contract.ts'
import type { LengthDistribution } from './length-distribution.ts'
import { lognormalLength } from './lognormal-length.ts'
import { uniformLength } from './uniform-length.ts'
import { zipfLength } from './zipf-length.ts'

const badRanges = [
  { min: 0, max: 5 },
  { min: 6, max: 5 },
  { min: 1.5, max: 5 },
]
const cases: Record<string, LengthContractCase<unknown>> = {
  fixed: {
    distribution: fixedLength,
    options: { tokens: 512 },
    badOptions: [{}, { tokens: 0 }, { tokens: 1.5 }, { tokens: '5' }],
    ends: { min: 512, max: 512 },
    mean: 512,
    meanTolerance: 0,
    random: false,
  },
  uniform: {
    distribution: uniformLength,
    options: { min: 3, max: 12 },
    badOptions: badRanges,
    ends: { min: 3, max: 12 },
    mean: 7.5,
    meanTolerance: 0.02,
  },
  'uniform over one length': {
    distribution: uniformLength,
    options: { min: 4, max: 4 },
    ends: { min: 4, max: 4 },
    random: false,
  },
  // scipy.stats.zipfian.mean 1.17.1
  zipf: {
    distribution: zipfLength,
    options: { min: 1, max: 1000, theta: 0.6 },
    badOptions: [...badRanges, { min: 1, max: 5, theta: -1 }],
    ends: { min: 1, max: 1000 },
    mean: 300.6652728,
    meanTolerance: 0.03,
  },
  'scrambled zipf': {
    distribution: zipfLength,
    options: { min: 10, max: 60, theta: 0.99, scramble: true },
    ends: { min: 10, max: 60 },
  },
  // scipy.stats.lognorm.mean 1.17.1
  lognormal: {
    distribution: lognormalLength,
    options: { median: 500, sigma: 0.8 },
    badOptions: [
      {},
      { median: 0, sigma: 1 },
      { median: 5, sigma: -1 },
      { median: 5, sigma: 1, min: 9, max: 8 },
    ],
    mean: 688.5638822,
    meanTolerance: 0.03,
  },
  'clamped lognormal': {
    distribution: lognormalLength,
    options: { median: 100, sigma: 1, min: 20, max: 300 },
    ends: { min: 20, max: 300 },
  },
}

for (const [name, contractCase] of Object.entries(cases)) {
  describe(`the length distribution ${name}`, () => {
    for (const check of lengthContract(contractCase)) test(check.name, check.run)
  })
}

const failures = (distribution: LengthDistribution<{ min: number; max: number }>): string[] => {
  const options = { min: 1, max: 10 }
  const checks = lengthContract({ distribution, options, ends: options, mean: 5.5 })
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

test('the contract finds what is wrong with a broken distribution, and only that', () => {
  expect(failures(uniformLength)).toEqual([])
  expect(failures({ ...uniformLength, summary: '' })).toEqual([
    'has a kind in kebab-case and a summary of one line',
  ])
  expect(
    failures({ ...uniformLength, sampler: (_, random) => () => Math.floor(random.uniform() * 11) }),
  ).toEqual([
    'gives integers of at least 1',
    'reaches its smallest and its largest length and goes no further',
    'has the asked mean',
  ])
  expect(failures({ ...uniformLength, sampler: () => () => 1 + Math.floor(Math.random() * 10) })).toEqual([
    'gives the same lengths for the same seed, also when two samplers draw in turn',
  ])
})
