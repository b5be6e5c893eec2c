import { fluidityIndex } from '../../metrics/fluidity-index.ts'
import { mean } from '../../numerics/mean.ts'
import { quantilesOf } from '../../numerics/quantiles-of.ts'
import type { Experiment } from '../../report/view/reproduction-view.ts'

const DEADLINE_NS = 100e6
const GAP_NS = 40e6
const STALL_NS = 160e6
const GAPS = 20

/** A first token, then gaps of 40 ms, of which the one at `stall` takes 160 ms. */
function answer(stall: number): Float64Array {
  const times = new Float64Array(GAPS + 1).fill(GAP_NS)
  times[stall] = STALL_NS
  return times
}

/** Tokens that have arrived by each moment, s. */
function arrivals(times: Float64Array): (readonly [number, number])[] {
  let sinceNs = 0
  return Array.from(times.subarray(1), (gapNs, i) => {
    sinceNs += gapNs
    return [sinceNs / 1e9, i + 1] as const
  })
}

/** (e) The same tail and mean of gaps can feel smooth or not: it matters when the stall comes. */
export function stallPosition(): Experiment {
  const early = answer(1)
  const late = answer(GAPS)
  const judged = (times: Float64Array) =>
    fluidityIndex(times, { ttftDeadlineNs: DEADLINE_NS, tbtDeadlineNs: DEADLINE_NS, ignoreFirst: true })
      .index!
  const p90 = (times: Float64Array) => quantilesOf(times.slice(1), [0.9]).quantiles[0]! / 1e6
  const tpot = (times: Float64Array) => mean(times.slice(1))! / 1e6
  const comparisons = [
    { name: 'P90 TBT, early stall', unit: 'ms', here: p90(early), paper: 40 },
    { name: 'P90 TBT, late stall', unit: 'ms', here: p90(late), paper: 40 },
    { name: 'TPOT, early stall', unit: 'ms', here: tpot(early), paper: 46 },
    { name: 'TPOT, late stall', unit: 'ms', here: tpot(late), paper: 46 },
    { name: 'fluidity, early stall', unit: '', here: judged(early), paper: 0.95 },
    { name: 'fluidity, late stall', unit: '', here: judged(late), paper: 1 },
  ]
  const same = comparisons.filter(({ here, paper }) => Math.abs(here - paper) < 0.005).length
  return {
    id: 'e',
    claim:
      'Two answers with the same P90 TBT and the same TPOT differ in fluidity: an early stall is felt, a late one is not.',
    setting:
      'Two answers of 21 tokens with gaps of 40 ms, of which one lasts 160 ms: the first gap, or the last. Deadline 100 ms, the first token left out. The paper (arXiv 2507.09019) gives the six numbers but not the gaps: these were built to have its TBT and TPOT.',
    comparisons,
    rule: 'Agree: all six numbers are the same to two decimals. Partly: some of them.',
    agreement: same === comparisons.length ? 'agree' : same > 0 ? 'partly' : 'disagree',
    finding: `The early stall finds no tokens ahead and misses a deadline: ${judged(early).toFixed(2)}. The late one is covered by those that came before: ${judged(late).toFixed(2)}. No percentile of gaps can tell the two apart, for they are the same gaps.`,
    pictures: [
      {
        kind: 'curves',
        title: 'Tokens against time',
        caption:
          'A token is late when its curve is below the deadline line, counted anew after a late token.',
        x: { label: 'Time after the first token (s)', scale: 'linear', from: 0, to: 2.1 },
        y: { label: 'Tokens', scale: 'linear', from: 0, to: GAPS },
        series: [
          { name: 'early stall', tone: 'c3', mark: 'line', points: [[0, 0], ...arrivals(early)] },
          { name: 'late stall', tone: 'c1', mark: 'line', points: [[0, 0], ...arrivals(late)] },
          {
            name: 'one token each 100 ms',
            tone: 'muted',
            mark: 'dashed',
            points: [
              [0, 0],
              [2, 20],
            ],
          },
        ],
      },
    ],
  }
}
