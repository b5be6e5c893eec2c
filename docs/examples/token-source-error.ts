// What each way of counting tokens costs in accuracy: 200 answers of 128 tokens, produced every 20 ms on average, whose
// events hold 1 to 4 tokens at random, as with speculative decoding. Prints a table of docs/explain/accuracy.md.
// Run it with: node docs/examples/token-source-error.ts
import { type RequestRecord, summarize } from '../../src/index.ts'
import { ANSWER_WORDS } from '../../src/simulator/answer-words.ts'
import { attributeTokens } from '../../src/tokens/attribute-tokens.ts'

const MS = 1e6
const TOKENS = 128
const MOST_IN_EVENT = 4

/** The generator of Park and Miller: the same numbers everywhere. */
let state = 1
function uniform(): number {
  state = (state * 48271) % 2147483647
  return state / 2147483647
}

/** An answer with the true number of tokens of each event. Tokens are words with a space before them. */
function answer(id: number): RequestRecord {
  const dueNs = id * 500 * MS
  const [ns, chars, tokens]: [number[], number[], number[]] = [[], [], []]
  let atNs = dueNs + 200 * MS
  for (let left = TOKENS; left > 0; left -= tokens.at(-1)!) {
    const count = Math.min(left, 1 + Math.floor(MOST_IN_EVENT * uniform()))
    let length = 0
    for (let k = 0; k < count; k++) {
      atNs += Math.round((10 - 10 * Math.log(1 - uniform())) * MS)
      length += 1 + ANSWER_WORDS[Math.floor(ANSWER_WORDS.length * uniform())]!.length
    }
    ns.push(atNs)
    chars.push(length)
    tokens.push(count)
  }
  return {
    id,
    worker: 0,
    moments: { dueNs, dispatchedNs: dueNs, sentNs: dueNs, headersNs: ns[0]!, endNs: ns.at(-1)! },
    outcome: { kind: 'ok' },
    attempts: 1,
    connectNs: null,
    prompt: { wantedTokens: 256, serverTokens: 256, cachedTokens: null },
    output: { wantedTokens: TOKENS, serverTokens: TOKENS, finishReason: 'length' },
    chunks: { ns, channels: 'a'.repeat(ns.length), chars, tokens },
    tokenSource: 'token-ids',
    text: null,
  }
}

/** The same answer as a client knows it that was not told the tokens of each event, and perhaps not their total. */
function untold(record: RequestRecord, serverTokens: number | null): RequestRecord {
  const { chunks, output } = record
  const known = { ...chunks, tokens: null }
  return attributeTokens(
    { ...record, chunks: known, tokenSource: null, output: { ...output, serverTokens } },
    null,
  )
}

const truths = Array.from({ length: 200 }, (_, id) => answer(id))
const ways = [
  ["`token-ids`, `usage`, `tokenizer` (the model's own)", truths],
  ['`usage-total`', truths.map((truth) => untold(truth, TOKENS))],
  ['`chunk`', truths.map((truth) => untold(truth, null))],
] as const

console.log('| Source | Events counted right | Fluidity-index, mean | TBT, mean | TBT, p99 |')
console.log('| --- | --- | --- | --- | --- |')
for (const [name, records] of ways) {
  const { distributions } = summarize(records, {
    origin: 'due',
    ttftDeadlineNs: () => 300 * MS,
    ttftDeadlineText: '300 ms',
    tbtDeadlineNs: 25 * MS,
    ignoreFirst: false,
    minFluidity: 0.9,
    requestFraction: 0.99,
    failedRequests: 'miss',
    measureFromNs: 0,
  })
  const of = (id: string) => distributions.find((each) => each.id === id)!
  const cells = [
    `${(100 * shareRight(records)).toFixed(0)} %`,
    of('fluidity-index').mean!.toFixed(3),
    `${(of('tbt').mean! / MS).toFixed(1)} ms`,
    `${(of('tbt').p99! / MS).toFixed(1)} ms`,
  ]
  console.log(`| ${[name, ...cells].join(' | ')} |`)
}

function shareRight(records: readonly RequestRecord[]): number {
  let right = 0
  let events = 0
  for (const [id, { chunks }] of records.entries()) {
    const truth = truths[id]!.chunks.tokens!
    events += truth.length
    for (let k = 0; k < truth.length; k++) if (chunks.tokens![k] === truth[k]) right++
  }
  return right / events
}
