/**
 * Tokens attributed per second by each source: 20,000 records of 500 chunks for totals and chunks, 400 of them for
 * tokenizers. Best of three. Run: `node bench/attribution.ts [records]`.
 */
import { fileURLToPath } from 'node:url'
import { createRandomStream } from '../src/numerics/create-random-stream.ts'
import type { RequestRecord } from '../src/records/request-record.ts'
import { attributeTokens } from '../src/tokens/attribute-tokens.ts'
import { loadTokenizer } from '../src/tokens/load-tokenizer.ts'
import type { Tokenizer } from '../src/tokens/tokenizer.ts'
import { CORPUS } from '../src/workload/prompts/corpus.ts'

const RECORDS = Number(process.argv[2] ?? 20_000)
const CHUNKS = 500
const RECORDS_BY_TEXT = 400
const ROUNDS = 3
const FIXTURES = fileURLToPath(new URL('../test/fixtures/tokenizer', import.meta.url))

const random = createRandomStream(1)
const words = CORPUS.split(' ')

console.log(`${CHUNKS} chunks a record, node ${process.version}`)
measure('usage-total, 1.5 tokens a chunk', recordsOf(RECORDS, 1.5, false), null)
measure('usage-total, as many as chunks', recordsOf(RECORDS, 1, false), null)
measure('usage-total, 0.6 tokens a chunk', recordsOf(RECORDS, 0.6, false), null)
measure('chunk', recordsOf(RECORDS, null, false), null)
const byText = recordsOf(RECORDS_BY_TEXT, null, true)
measure('tokenizer, builtin', byText, await loadTokenizer('builtin'))
measure('tokenizer, byte-level', byText, await loadTokenizer(FIXTURES))
measure('tokenizer, byte fallback', byText, await loadTokenizer(`${FIXTURES}/byte-fallback`))

function measure(name: string, records: readonly RequestRecord[], tokenizer: Tokenizer | null): void {
  let bestMs = Number.POSITIVE_INFINITY
  let tokens = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    const done = records.map((record) => attributeTokens(record, tokenizer).chunks.tokens!)
    bestMs = Math.min(bestMs, performance.now() - start)
    tokens = done.reduce((sum, counts) => sum + Array.from(counts).reduce((a, b) => a + b, 0), 0)
  }
  const rate = (tokens / bestMs / 1e3).toFixed(2)
  console.log(`${name}: ${records.length} records in ${bestMs.toFixed(0)} ms, ${rate} M tokens/s`)
}

function recordsOf(count: number, tokensPerChunk: number | null, hasText: boolean): RequestRecord[] {
  return Array.from({ length: count }, (_, id) => {
    const start = Math.floor(random.uniform() * words.length)
    const parts = Array.from({ length: CHUNKS }, (_, i) => ` ${words[(start + i) % words.length]}`)
    return {
      id,
      worker: 0,
      moments: { dueNs: 0, dispatchedNs: 0, sentNs: 0, headersNs: 0, endNs: CHUNKS },
      outcome: { kind: 'ok' },
      attempts: 1,
      connectNs: null,
      prompt: { wantedTokens: 100, serverTokens: null, cachedTokens: null },
      output: {
        wantedTokens: CHUNKS,
        serverTokens: tokensPerChunk === null ? null : Math.round(CHUNKS * tokensPerChunk),
        finishReason: 'stop',
      },
      chunks: {
        ns: new Float64Array(CHUNKS),
        channels: 'a'.repeat(CHUNKS),
        chars: Uint32Array.from(parts, (part) => part.length),
        tokens: null,
      },
      tokenSource: null,
      text: hasText ? parts.join('') : null,
    }
  })
}
