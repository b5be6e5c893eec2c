/**
 * Prompts per second by length, for the builtin vocabulary and the two small tokenizers of the tests (byte-level BPE,
 * and BPE with byte fallback), and the time to make a builder. Best of three. Run: `node bench/prompts.ts`.
 */
import { fileURLToPath } from 'node:url'
import { createRandomStream } from '../src/numerics/create-random-stream.ts'
import { loadTokenizer } from '../src/tokens/load-tokenizer.ts'
import { createPromptBuilder } from '../src/workload/prompts/prompt-builder.ts'

const FIXTURES = fileURLToPath(new URL('../test/fixtures/tokenizer', import.meta.url))
const SPECS = { builtin: 'builtin', 'byte-level': FIXTURES, 'byte fallback': `${FIXTURES}/byte-fallback` }
const LENGTHS = [100, 1_000, 8_000]
const TOKENS_A_ROUND = 400_000
const ROUNDS = 3

console.log(`prompts of an exact token count, node ${process.version}`)
for (const [name, spec] of Object.entries(SPECS)) {
  const tokenizer = await loadTokenizer(spec)
  let start = performance.now()
  const build = createPromptBuilder({ tokenizer, random: createRandomStream(1) })
  console.log(`${name}: builder made in ${(performance.now() - start).toFixed(0)} ms`)
  for (const promptTokens of LENGTHS) {
    const prompts = Math.ceil(TOKENS_A_ROUND / promptTokens)
    let bestMs = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS; round++) {
      start = performance.now()
      for (let id = 0; id < prompts; id++) build(id + round * prompts, promptTokens, 256)
      bestMs = Math.min(bestMs, performance.now() - start)
    }
    const perSec = ((prompts / bestMs) * 1e3).toFixed(0)
    console.log(`  ${promptTokens} tokens: ${perSec} prompts/s, ${(bestMs / prompts).toFixed(3)} ms each`)
  }
}
