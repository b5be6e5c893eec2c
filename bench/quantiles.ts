/**
 * Four percentiles, extremes and mean of 10 million values: selection (`quantilesOf`) beside a full sort.
 * Best of three of each, taken in turn in one process. Run: `node bench/quantiles.ts [count]`.
 */
import { createRandomStream } from '../src/numerics/create-random-stream.ts'
import { createExponentialSampler } from '../src/numerics/exponential-sampler.ts'
import { quantileSorted } from '../src/numerics/quantile-sorted.ts'
import { quantilesOf } from '../src/numerics/quantiles-of.ts'

const COUNT = Number(process.argv[2] ?? 10_000_000)
const PS = [0.5, 0.9, 0.95, 0.99]
const ROUNDS = 3

const gap = createExponentialSampler(createRandomStream(1), 1 / 25e6)
const shapes: Record<string, (i: number) => number> = {
  'token gaps, exponential': () => Math.round(gap()),
  'token gaps, two of three are 0': (i) => (i % 3 === 0 ? Math.round(gap()) : 0),
  'already sorted': (i) => i,
}

function milliseconds(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

console.log(`${COUNT.toLocaleString('en')} values, node ${process.version}`)
for (const [name, shape] of Object.entries(shapes)) {
  const source = Float64Array.from({ length: COUNT }, (_, i) => shape(i))
  let selectMs = Number.POSITIVE_INFINITY
  let sortMs = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const toSelect = source.slice()
    const toSort = source.slice()
    let selected: readonly (number | null)[] = []
    selectMs = Math.min(
      selectMs,
      milliseconds(() => {
        selected = quantilesOf(toSelect, PS).quantiles
      }),
    )
    sortMs = Math.min(
      sortMs,
      milliseconds(() => toSort.sort()),
    )
    const same = PS.every((p, i) => quantileSorted(toSort, p) === selected[i])
    if (!same) throw new Error(`selection and sort disagree on ${name}`)
  }
  const ratio = (sortMs / selectMs).toFixed(1)
  console.log(
    `${name}: select ${selectMs.toFixed(0)} ms, sort ${sortMs.toFixed(0)} ms, sort / select = ${ratio}`,
  )
}
