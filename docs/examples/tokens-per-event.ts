// 100 answers of 128 tokens, produced every 20 ms on average, sent as 1, 2, 4 or 8 tokens an event. Their fluidity-index
// when tokens are counted, and when each event is taken for one token. Prints a table of the README, of
// docs/explain/how-it-measures.md and of docs/explain/accuracy.md. Run it with: node docs/examples/tokens-per-event.ts
import { fluidityIndex } from '../../src/index.ts'

const MS = 1e6
const ANSWERS = 100
const TOKENS = 128
const DEADLINES = { ttftDeadlineNs: 1000 * MS, tbtDeadlineNs: 25 * MS }

/** When each token of an answer is produced: the first after 200 ms, each further one 10 ms later and a random wait of 10 ms. */
function producedNs(uniform: () => number): number[] {
  let atNs = 200 * MS
  return Array.from({ length: TOKENS }, (_, k) => {
    if (k > 0) atNs += Math.round((10 - 10 * Math.log(1 - uniform())) * MS)
    return atNs
  })
}

/** A server that waits for `perEvent` tokens: an event arrives once its last token has been produced. */
function eventNs(tokenNs: readonly number[], perEvent: number): number[] {
  return tokenNs.filter((_, k) => (k + 1) % perEvent === 0)
}

function indexOf(arrivalsNs: readonly number[]): number {
  const gapsNs = arrivalsNs.map((atNs, k) => atNs - (arrivalsNs[k - 1] ?? 0))
  return fluidityIndex(gapsNs, DEADLINES).index!
}

/** The generator of Park and Miller: the same numbers everywhere. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

const uniform = seeded(1)
const answers = Array.from({ length: ANSWERS }, () => producedNs(uniform))
const meanOf = (index: (tokenNs: readonly number[]) => number): string =>
  (answers.reduce((sum, tokenNs) => sum + index(tokenNs), 0) / ANSWERS).toFixed(2)

console.log('| Tokens an event | Tokens counted | Each event taken for one token |\n| --- | --- | --- |')
for (const perEvent of [1, 2, 4, 8]) {
  const counted = meanOf((tokenNs) =>
    indexOf(eventNs(tokenNs, perEvent).flatMap((atNs) => new Array<number>(perEvent).fill(atNs))),
  )
  const taken = meanOf((tokenNs) => indexOf(eventNs(tokenNs, perEvent)))
  console.log(`| ${perEvent} | ${counted} | ${taken} |`)
}
