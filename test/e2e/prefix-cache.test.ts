import { expect, test } from 'vitest'
import { bench, readRun } from '../../src/index.ts'
import { temporaryFolder } from './run-metron.ts'

const SHARED_TOKENS = 200
const BLOCK_TOKENS = 16

test('prompts that share a prefix are cached from the second on, and the run says how far', async () => {
  const cached = await cachedTokens(SHARED_TOKENS, 'lru')
  // What prompts share, less the part of a block at its end; the tokenizer may join the last shared word with what follows.
  const wholeBlocks = Math.floor(SHARED_TOKENS / BLOCK_TOKENS) * BLOCK_TOKENS
  for (const tokens of cached) {
    expect(tokens).toBeGreaterThanOrEqual(wholeBlocks - BLOCK_TOKENS)
    expect(tokens).toBeLessThanOrEqual(wholeBlocks + 2 * BLOCK_TOKENS)
  }
})

test('prompts that share nothing meet an empty cache', async () => {
  const cached = await cachedTokens(0, 'lru')
  // A prompt is salted at its start, so that not even the first block is alike.
  expect(cached).toEqual(cached.map(() => 0))
})

test('a server without a prefix cache says nothing of cached tokens', async () => {
  expect(new Set(await cachedTokens(SHARED_TOKENS, null))).toEqual(new Set([null]))
})

/** Of every request of a run, without the first, which finds nothing. */
async function cachedTokens(
  sharedPrefixTokens: number,
  prefixCache: string | null,
): Promise<(number | null)[]> {
  using runs = temporaryFolder()
  const run = await bench({
    engine: 'sim:fast',
    ...(prefixCache === null ? {} : { simulator: { prefixCache } }),
    load: { users: 1, requests: 10, warmup: 1, seed: 1 },
    workload: { prompt: 300, output: 4, sharedPrefixTokens },
    output: { runs: runs.path },
  })
  const { records } = await readRun(run.folder)
  expect(records.length).toBeGreaterThanOrEqual(10)
  return records.slice(1).map(({ prompt }) => prompt.cachedTokens)
}
