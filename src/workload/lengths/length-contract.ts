import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { type ContractCheck, demand } from '../contract-check.ts'
import { extensionContract } from '../extension-contract.ts'
import type { LengthDistribution } from './length-distribution.ts'

/** What the checks need to know of the distribution under test. */
export interface LengthContractCase<Options> {
  readonly distribution: LengthDistribution<Options>
  /** Options that the schema must accept. */
  readonly options: unknown
  /** Options that the schema must reject, one at a time. */
  readonly badOptions?: readonly unknown[]
  /** Smallest and largest length that `options` allow; both must be reached within 20,000 draws. */
  readonly ends?: { readonly min: number; readonly max: number }
  /** The mean that `options` ask for. */
  readonly mean?: number
  /** How far the mean of 20,000 draws may be off, as a share (default 0.05). */
  readonly meanTolerance?: number
  /** `false` when the lengths are the same for every seed (default `true`). */
  readonly random?: boolean
}

const DRAWS = 20_000

/** Everything a length distribution promises, as checks that throw. */
export function lengthContract<Options>(test: LengthContractCase<Options>): readonly ContractCheck[] {
  const { distribution } = test
  const sampler = (seed: number): (() => number) =>
    distribution.sampler(distribution.options.parse(test.options), createRandomStream(seed))
  const draw = (seed: number, count = DRAWS): number[] => Array.from({ length: count }, sampler(seed))
  const same = (a: readonly number[], b: readonly number[]): boolean => a.every((each, i) => each === b[i])

  const checks: ContractCheck[] = [
    ...extensionContract(distribution, test.options, test.badOptions ?? []),
    {
      name: 'gives integers of at least 1',
      run: () => {
        const bad = draw(1).find((tokens) => !Number.isSafeInteger(tokens) || tokens < 1)
        demand(bad === undefined, `gave ${bad}`)
      },
    },
    {
      name: 'gives the same lengths for the same seed, also when two samplers draw in turn',
      run: () => {
        demand(same(draw(1), draw(1)), 'two samplers with one seed differ')
        const [one, other] = [sampler(1), sampler(1)]
        for (let i = 0; i < 100; i++) demand(one!() === other!(), 'samplers that draw in turn differ')
      },
    },
  ]
  if (test.random ?? true) {
    checks.push({
      name: 'gives other lengths for another seed',
      run: () => demand(!same(draw(1, 100), draw(2, 100)), 'seeds 1 and 2 agree'),
    })
  }
  const { ends, mean, meanTolerance = 0.05 } = test
  if (ends !== undefined) {
    checks.push({
      name: 'reaches its smallest and its largest length and goes no further',
      run: () => {
        const lengths = draw(1)
        const [min, max] = [Math.min(...lengths), Math.max(...lengths)]
        demand(min === ends.min && max === ends.max, `lengths reach from ${min} to ${max}`)
      },
    })
  }
  if (mean !== undefined) {
    checks.push({
      name: 'has the asked mean',
      run: () => {
        const seen = draw(1).reduce((sum, tokens) => sum + tokens, 0) / DRAWS
        demand(Math.abs(seen / mean - 1) <= meanTolerance, `the mean is ${seen}, not ${mean}`)
      },
    })
  }
  return checks
}
