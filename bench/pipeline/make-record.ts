import type { RequestRecord } from '../../src/records/request-record.ts'

const WORDS = [
  ' the',
  ' of',
  ' and',
  ' a',
  ' in',
  ' is',
  ' that',
  ' streaming',
  ' answer',
  ' tokens',
  '.',
  ',',
]

/**
 * A made-up answer, the same for the same id: about 20 ms a chunk with jitter, a stall in every tenth answer, mostly one
 * token a chunk, some two, of common words.
 */
export function makeRecord(id: number, chunks: number): RequestRecord {
  let state = Math.imul(id + 1, 2654435761) >>> 0
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const dueNs = id * 50_000_000
  const ns = new Float64Array(chunks)
  const chars = new Int32Array(chunks)
  const tokens = new Int32Array(chunks)
  const texts: string[] = []
  let atNs = dueNs + 3e8
  let total = 0
  for (let index = 0; index < chunks; index++) {
    atNs += 1e7 - 1.5e7 * Math.log(1 - random()) * (0.5 + (id % 7) / 10)
    if (index === 100 && id % 10 === 0) atNs += 2e9 * random()
    const word = WORDS[Math.floor(random() * WORDS.length)]!
    ns[index] = Math.round(atNs)
    chars[index] = word.length
    tokens[index] = random() < 0.03 ? 2 : 1
    total += tokens[index]!
    texts.push(word)
  }
  return {
    id,
    worker: id % 2,
    moments: {
      dueNs,
      dispatchedNs: dueNs + 12_345,
      sentNs: dueNs + 52_345,
      headersNs: dueNs + 2e8,
      endNs: Math.round(atNs) + 1e6,
    },
    outcome: { kind: 'ok' },
    attempts: 1,
    connectNs: id % 10 === 0 ? 123_456 : null,
    prompt: { wantedTokens: 100 + (id % 900), serverTokens: 103 + (id % 900), cachedTokens: null },
    output: { wantedTokens: total, serverTokens: total, finishReason: 'length' },
    chunks: { ns, channels: 'a'.repeat(chunks), chars, tokens },
    tokenSource: 'token-ids',
    text: texts.join(''),
  }
}
