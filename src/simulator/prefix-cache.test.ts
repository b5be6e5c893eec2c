import { expect, test } from 'vitest'
import { createEngineParts, type EngineInput, engineOptions } from './engine-options.ts'
import { createPrefixCache } from './prefix-cache.ts'
import { type DueRequest, simulate } from './simulate-run.ts'

/** A step costs 10 ns plus 1 ns a prompt token. */
function run(requests: readonly DueRequest[], input: EngineInput = { prefixCache: {} }) {
  const step = { baseNs: 10, prefillTokenNs: 1, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }
  return simulate(requests, createEngineParts(engineOptions.parse({ step, ...input })))
}

const blocks = (root: number, count: number) => Array.from({ length: count }, (_, at) => 1000 * root + at)
const prompt = (
  id: number,
  dueNs: number,
  prefixBlocks: readonly number[],
  promptTokens = 160,
): DueRequest => {
  return { id, dueNs, promptTokens, outputTokens: 1, prefixBlocks }
}

test('the second of two equal prompts prefills only its last block, and all of it without the cache', () => {
  const twice = [prompt(0, 0, blocks(1, 10)), prompt(1, 1000, blocks(1, 10))]
  const ttft = (input?: EngineInput) => run(twice, input).map(({ tokenNs, dueNs }) => tokenNs[0]! - dueNs)
  expect(ttft()).toEqual([170, 10 + 16])
  expect(ttft({})).toEqual([170, 170])
  expect(run(twice).map(({ cachedTokens }) => cachedTokens)).toEqual([0, 144])
})

test('a prompt that parts ways keeps what it shares', () => {
  const [, second] = run([prompt(0, 0, blocks(1, 10)), prompt(1, 1000, [...blocks(1, 4), ...blocks(2, 6)])])
  expect(second!.cachedTokens).toBe(64)
})

test('a prompt that is still being prefilled is not there yet for one that comes beside it', () => {
  const both = run([prompt(0, 0, blocks(1, 10)), prompt(1, 0, blocks(1, 10))])
  expect(both.map(({ cachedTokens }) => cachedTokens)).toEqual([0, 0])
})

test('a number of cached tokens can be given instead, all but the last token at most', () => {
  const given = (cachedTokens: number) => ({
    id: 0,
    dueNs: 0,
    promptTokens: 100,
    outputTokens: 1,
    cachedTokens,
  })
  expect(run([given(90)], {})[0]!.tokenNs[0]).toBe(20)
  expect(run([given(500)], {})[0]!.tokenNs[0]).toBe(11)
})

test('the longest unused is dropped first when the capacity is full', () => {
  const three = [1, 2, 1, 3, 1, 2].map((root, id) => prompt(id, id * 1000, blocks(root, 10)))
  const cached = run(three, { prefixCache: { capacityTokens: 320 } }).map(({ cachedTokens }) => cachedTokens)
  // The third prompt drops the second, not the first, which was used since.
  expect(cached).toEqual([0, 0, 144, 0, 144, 0])
})

test('running sequences take the room of idle blocks when they need it', () => {
  const limits = { kvTokens: 330, contextTokens: 330 }
  const requests = [prompt(0, 0, blocks(1, 10)), prompt(1, 1000, [], 300), prompt(2, 2000, blocks(1, 10))]
  expect(run(requests, { prefixCache: {}, limits }).map(({ cachedTokens }) => cachedTokens)).toEqual([
    0, 0, 16,
  ])
})

test('what a newcomer counted on and another took in the same step is prefilled in the next one', () => {
  const limits = { kvTokens: 330, contextTokens: 330 }
  const requests = [prompt(0, 0, blocks(1, 10)), prompt(1, 1000, blocks(2, 10))]
  requests.push(prompt(2, 2000, [], 100), prompt(3, 2000, blocks(1, 10)))
  const times = run(requests, { prefixCache: {}, limits })
  // 144 of its tokens were there when the step was planned. The third takes the room of six blocks: 64 are left.
  expect(times[3]!.cachedTokens).toBe(64)
  expect(times.slice(2).map(({ tokenNs }) => tokenNs[0])).toEqual([2126, 2126 + 10 + 80])
})

test('a block is idle when its last holder releases it, and ends are dropped before beginnings', () => {
  const cache = createPrefixCache({ blockTokens: 4, capacityTokens: null })
  for (const hash of [1, 2, 3, 1, 2]) cache.hold(hash)
  cache.release([1, 2, 3], 3)
  expect([cache.usedBlocks, cache.idleBlocks]).toEqual([2, 1])
  expect(cache.match([1, 2, 3, 4], 9)).toEqual({ found: 3, used: 2 })
  cache.release([1, 2], 2)
  cache.trim(11)
  expect(cache.match([1, 2, 3], 9)).toEqual({ found: 2, used: 0 })
  cache.trim(4)
  expect(cache.match([1, 2, 3], 9)).toEqual({ found: 1, used: 0 })
  expect(cache.match([1], 0)).toEqual({ found: 0, used: 0 })
})
