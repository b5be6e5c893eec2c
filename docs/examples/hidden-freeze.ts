// 100 answers of 128 tokens, one every 20 ms; 5 of them freeze once for a second. What do the usual numbers say, and
// what does fluidity say? Prints the table of the README. Run it with: node docs/examples/hidden-freeze.ts
import { type RequestRecord, summarize } from '../../src/index.ts'

const MS = 1e6
const TOKENS = 128

/** An answer whose first token comes after 200 ms and each further one 20 ms later, but for one gap of a second. */
function answer(id: number, freezes: boolean): RequestRecord {
  const dueNs = id * 500 * MS
  const gap = (k: number): number => (k === 0 ? 200 : freezes && k === TOKENS / 2 ? 1000 : 20) * MS
  let atNs = dueNs
  const ns = Array.from({ length: TOKENS }, (_, k) => (atNs += gap(k)))
  return {
    id,
    worker: 0,
    moments: { dueNs, dispatchedNs: dueNs, sentNs: dueNs, headersNs: ns[0]!, endNs: ns.at(-1)! },
    outcome: { kind: 'ok' },
    attempts: 1,
    connectNs: null,
    prompt: { wantedTokens: 256, serverTokens: 256, cachedTokens: null },
    output: { wantedTokens: TOKENS, serverTokens: TOKENS, finishReason: 'length' },
    chunks: {
      ns,
      channels: 'a'.repeat(TOKENS),
      chars: ns.map(() => 4),
      tokens: ns.map(() => 1),
    },
    tokenSource: 'usage',
    text: null,
  }
}

const summary = summarize(
  Array.from({ length: 100 }, (_, id) => answer(id, id % 20 === 7)),
  {
    origin: 'due',
    ttftDeadlineNs: () => 300 * MS,
    ttftDeadlineText: '300 ms',
    tbtDeadlineNs: 25 * MS,
    ignoreFirst: false,
    minFluidity: 0.9,
    requestFraction: 0.99,
    failedRequests: 'miss',
    measureFromNs: 0,
  },
)

const of = (id: string) => summary.distributions.find((each) => each.id === id)!
const value = (id: string): number => summary.scalars.find((each) => each.id === id)!.value!
const ms = (ns: number | null): string => `${Number((ns! / MS).toFixed(1))} ms`
const perSec = (id: string): string => `${value(id).toFixed(1)} tokens/s`
const percent = (share: number | null): string => `${Number((share! * 100).toFixed(1))} %`

const rows = [
  ['Time to first token, p99', ms(of('ttft').p99), 'healthy'],
  ['Time between tokens, mean', ms(of('tbt').mean), 'healthy'],
  ['Time between tokens, p99', ms(of('tbt').p99), 'healthy'],
  ['Time per output token, p99', ms(of('tpot').p99), 'a little slow'],
  ['Token rate by the mean', perSec('rate-by-mean-tpot'), 'healthy'],
  [
    '**Fluid requests**',
    `**${percent(value('fluid-requests'))}**`,
    '5 users in 100 did not get a smooth answer',
  ],
  [
    '**Deadlines missed, p99**',
    `**${percent(of('deadline-miss-rate').p99)}**`,
    'and they noticed: the limit is 10 %',
  ],
  [
    '**Fluid token generation rate**',
    `**${perSec('fluid-token-rate')}**`,
    'the pace that 99 % of users can read at',
  ],
]
console.log('| Metric | Value | What it says |\n| --- | --- | --- |')
for (const row of rows) console.log(`| ${row.join(' | ')} |`)
