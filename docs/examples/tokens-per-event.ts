// One answer of 128 tokens, produced every 20 ms, sent as 1, 2, 4 or 8 tokens an event. Its fluidity-index when tokens are
// counted, and when each event is taken for one token. Prints a table of docs/explain/how-it-measures.md.
// Run it with: node docs/examples/tokens-per-event.ts
import { fluidityIndex } from '../../src/index.ts'

const MS = 1e6
const TOKENS = 128
const FIRST_MS = 200
const DEADLINES = { ttftDeadlineNs: 1000 * MS, tbtDeadlineNs: 25 * MS }

/** When each event arrives: once its last token has been produced. */
function eventMs(perEvent: number): number[] {
  return Array.from({ length: TOKENS / perEvent }, (_, k) => FIRST_MS + 20 * (perEvent * (k + 1) - 1))
}

function index(arrivalsMs: readonly number[]): string {
  const gapsNs = arrivalsMs.map((atMs, k) => (atMs - (arrivalsMs[k - 1] ?? 0)) * MS)
  return fluidityIndex(gapsNs, DEADLINES).index!.toFixed(2)
}

console.log('| Tokens an event | Tokens counted | Each event taken for one token |\n| --- | --- | --- |')
for (const perEvent of [1, 2, 4, 8]) {
  const events = eventMs(perEvent)
  const tokens = events.flatMap((atMs) => Array.from({ length: perEvent }, () => atMs))
  console.log(`| ${perEvent} | ${index(tokens)} | ${index(events)} |`)
}
