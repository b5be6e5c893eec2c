import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { kolmogorovSmirnov } from '../../numerics/kolmogorov-smirnov.ts'
import { type ContractCheck, demand } from '../contract-check.ts'
import { extensionContract } from '../extension-contract.ts'
import type { ArrivalProcess } from './arrival-process.ts'

/** What the checks need to know of the process under test. */
export interface ArrivalContractCase<Options> {
  /** Options that the schema must accept. */
  readonly options: unknown
  /** Options that the schema must reject, one at a time. */
  readonly badOptions?: readonly unknown[]
  /** Rate processes: the mean rate that `options` ask for. */
  readonly ratePerSec?: number
  /** How far the rate over 20,000 requests may be off, as a share (default 0.05). */
  readonly rateTolerance?: number
  /** `false` when the due times are the same for every seed (default `true`). */
  readonly random?: boolean
  readonly process: ArrivalProcess<Options>
}

const READ = 20_000
/** Gaps below are spoiled by the rounding of due times to ns. */
const GAP_FROM_NS = 1000
/** A right process with fixed seeds is rejected once in a million. */
const GAP_DOUBT = 1e-6

/** Everything an arrival process promises, as checks that throw. Runs on no clock and in no particular order. */
export function arrivalContract<Options>(test: ArrivalContractCase<Options>): readonly ContractCheck[] {
  const { process } = test
  const read = (seed: number, most = READ): number[] => {
    const times: number[] = []
    const options = process.options.parse(test.options)
    for (const due of process.dueTimesNs?.(options, createRandomStream(seed)) ?? []) {
      times.push(due)
      if (times.length === most) break
    }
    return times
  }
  const same = (a: readonly number[], b: readonly number[]): boolean =>
    a.length === b.length && a.every((due, i) => due === b[i])

  const checks: ContractCheck[] = [
    ...extensionContract(process, test.options, test.badOptions ?? []),
    {
      name: 'is either an open loop with due times or a closed loop with users',
      run: () => {
        const isClosed = process.users !== undefined
        demand(isClosed !== (process.dueTimesNs !== undefined), 'has both users and due times, or neither')
        const users = process.users?.(process.options.parse(test.options)) ?? 1
        demand(Number.isSafeInteger(users) && users >= 1, `users are ${users}`)
      },
    },
  ]
  if (process.dueTimesNs === undefined) return checks
  checks.push(
    {
      name: 'gives due times that are integers from 0 and never decrease',
      run: () => {
        let previous = 0
        for (const due of read(1)) {
          demand(Number.isSafeInteger(due), `${due} is no integer`)
          demand(due >= previous, `${due} comes after ${previous}`)
          previous = due
        }
      },
    },
    {
      name: 'gives the same due times for the same seed, also when two are read in turn',
      run: () => {
        demand(same(read(1), read(1)), 'two readings with one seed differ')
        const options = process.options.parse(test.options)
        const iterators = [1, 1].map((seed) =>
          process.dueTimesNs!(options, createRandomStream(seed))[Symbol.iterator](),
        )
        for (let i = 0; i < 100; i++) {
          const [one, other] = iterators.map((iterator) => iterator.next().value)
          demand(one === other, `reading in turn gives ${one} and ${other}`)
        }
      },
    },
    {
      name: 'gives the same first due times however many are read',
      run: () => demand(same(read(1, 10), read(1).slice(0, 10)), 'a shorter reading differs'),
    },
  )
  if (test.random ?? true) {
    checks.push({
      name: 'gives other due times for another seed',
      run: () => demand(!same(read(1, 100), read(2, 100)), 'seeds 1 and 2 agree'),
    })
  }
  const { ratePerSec, rateTolerance = 0.05 } = test
  if (ratePerSec !== undefined) {
    checks.push({
      name: 'has the asked mean rate',
      run: () => {
        const rate = READ / (read(1).at(-1)! / 1e9)
        demand(Math.abs(rate / ratePerSec - 1) <= rateTolerance, `${rate} per second, not ${ratePerSec}`)
      },
    })
  }
  if (process.gaps !== undefined) {
    checks.push({
      name: 'has gaps of the distribution that it names',
      run: () => {
        const { name, cdf } = process.gaps!(process.options.parse(test.options))
        demand(/^\S/.test(name), 'the distribution has no name')
        const times = read(1)
        const gaps = times.map((due, i) => due - (times[i - 1] ?? 0))
        const fit = kolmogorovSmirnov(gaps, cdf, GAP_FROM_NS)
        demand(
          fit !== undefined && fit.pValue >= GAP_DOUBT,
          `the distance is ${fit?.statistic}, p = ${fit?.pValue}`,
        )
        let previous = 0
        for (const gap of gaps.toSorted((a, b) => a - b)) {
          const chance = cdf(gap)
          demand(chance >= previous && chance <= 1, `cdf(${gap}) is ${chance} after ${previous}`)
          previous = chance
        }
      },
    })
  }
  return checks
}
