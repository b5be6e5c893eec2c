import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import { SYNTHETIC_OPTIONS } from '../../test/synthetic-run.ts'
import { measureRequests } from '../metrics/measure-requests.ts'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import { type ComparedRun, compareRuns } from './compare-runs.ts'
import { COMPARED_ROWS } from './compared-metrics.ts'

const MS = 1e6
const options = { ...SYNTHETIC_OPTIONS, measureFromNs: 0 }

/** Answers with exponential TTFT around the mean and gaps of about 20 ms. */
function run(seed: number, requests: number, meanTtftMs = 100, failFraction = 0): ComparedRun {
  const random = createRandomStream(seed)
  const records = Array.from({ length: requests }, () => {
    const ttft = -Math.log(1 - random.uniform()) * meanTtftMs
    const gap = 15 + 10 * random.uniform()
    return random.uniform() < failFraction
      ? makeRecord({ failure: 'connection-reset', wantedTokens: 4 })
      : makeRecord({ arrivalsNs: [0, 1, 2, 3].map((i) => Math.round((ttft + i * gap) * MS)) })
  })
  const facts = {
    name: `run ${seed}`,
    health: 'valid',
    status: 'complete',
    settings: { rate: '4/s' },
  } as const
  return { name: facts.name, requests: measureRequests(records, options).requests, facts }
}

const quick = { resamples: 1000 }

test('two runs of one service show no regression: at most one in twenty', () => {
  let alarms = 0
  for (let seed = 0; seed < 40; seed++)
    if (
      compareRuns([run(2 * seed, 150)], [run(2 * seed + 1, 150)], { ...quick, seed, margin: 0 }).isRegression
    )
      alarms++
  expect(alarms).toBeLessThanOrEqual(4)
})

test('a slower first token is found, and the interval holds the true change', () => {
  let covered = 0
  for (let seed = 0; seed < 20; seed++) {
    const found = compareRuns([run(100 + seed, 400, 100)], [run(200 + seed, 400, 150)], { ...quick, seed })
    const p50 = found.rows.find(({ id }) => id === 'ttft.p50')!
    if (p50.changeInterval!.low <= 0.5 && 0.5 <= p50.changeInterval!.high) covered++
    expect(found.isRegression).toBe(true)
    expect(found.rows.find(({ id }) => id === 'tpot.p50')!.verdict).not.toBe('regression')
  }
  expect(covered).toBeGreaterThanOrEqual(18)
})

test('a faster service is better, and within a wide margin worse is no regression', () => {
  const [slow, fast] = [run(1, 1000, 150), run(2, 1000, 100)]
  expect(compareRuns([slow], [fast], quick).rows.find(({ id }) => id === 'ttft.p50')!.verdict).toBe('better')
  const allowed = compareRuns([fast], [slow], { ...quick, margin: 2 })
  expect(allowed.isRegression).toBe(false)
  const strict = compareRuns([fast], [slow], { ...quick, margin: 2, margins: { 'ttft.p50': 0.1 } })
  expect(strict.rows.filter(({ verdict }) => verdict === 'regression').map(({ id }) => id)).toEqual([
    'ttft.p50',
  ])
})

test('errors are compared in absolute terms', () => {
  const found = compareRuns([run(1, 400)], [run(2, 400, 100, 0.2)], quick)
  const errors = found.rows.find(({ id }) => id === 'errors.share')!
  expect(errors).toMatchObject({ a: 0, changeKind: 'absolute', verdict: 'regression' })
  expect(errors.change).toBe(errors.b)
})

test('with several runs a side, differences between repeats widen the interval', () => {
  const steady = compareRuns([run(1, 300)], [run(2, 300)], quick)
  const scattered = compareRuns(
    [run(1, 100, 60), run(3, 100, 100), run(5, 100, 160)],
    [run(2, 100, 60), run(4, 100, 100), run(6, 100, 160)],
    quick,
  )
  const width = ({ rows }: typeof steady) => {
    const { low, high } = rows.find(({ id }) => id === 'ttft.p50')!.changeInterval!
    return high - low
  }
  expect(scattered.resampled).toBe('runs')
  expect(width(scattered)).toBeGreaterThan(1.5 * width(steady))
})

test('what makes runs hard to compare is said', () => {
  const b = run(2, 20)
  const facts = { ...b.facts, health: 'invalid' as const, status: 'interrupted', settings: { rate: '8/s' } }
  const { warnings } = compareRuns([run(1, 20)], [{ ...b, facts }], quick)
  expect(warnings.join('\n')).toMatch(
    /rate differs: 4\/s in run 1, 8\/s in run 2[\s\S]*void[\s\S]*interrupted[\s\S]*fewer than 30/,
  )
})

test('the same seed gives the same comparison; a side without answers has no data', () => {
  expect(compareRuns([run(1, 50)], [run(2, 50)], quick)).toEqual(
    compareRuns([run(1, 50)], [run(2, 50)], quick),
  )
  const { rows } = compareRuns([run(1, 50)], [run(2, 50, 100, 1)], quick)
  expect(rows.find(({ id }) => id === 'ttft.p50')).toMatchObject({
    b: null,
    change: null,
    verdict: 'no-data',
  })
  expect(rows.map(({ id }) => id)).toEqual(COMPARED_ROWS)
})
