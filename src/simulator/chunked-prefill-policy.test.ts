import { expect, test } from 'vitest'
import { createEngineParts, type EngineInput, engineOptions } from './engine-options.ts'
import { type DueRequest, simulate } from './simulate-run.ts'
import { NO_WORK } from './step-model.ts'

const PROMPT = 32_768
const BUDGET = 512
/** A stream, and a long prompt that comes while it decodes. */
const REQUESTS: readonly DueRequest[] = [
  { id: 0, dueNs: 0, promptTokens: 100, outputTokens: 2000 },
  { id: 1, dueNs: 1e9, promptTokens: PROMPT, outputTokens: 1 },
]

function run(policy: EngineInput['policy']) {
  const parts = createEngineParts(engineOptions.parse({ model: 'sim:llama3-8b@h100', policy }))
  const [stream, prompt] = simulate(REQUESTS, parts)
  const gapsNs = stream!.tokenNs.slice(1).map((ns, at) => ns - stream!.tokenNs[at]!)
  return { model: parts.model, longestNs: Math.max(...gapsNs), ttftNs: prompt!.tokenNs[0]! - prompt!.dueNs }
}

test('no decode waits longer than a step of the budget while 32K tokens are prefilled; prefill first lets it wait for all', () => {
  const chunked = run({ kind: 'chunked-prefill', budgetTokens: BUDGET })
  const stepNs = chunked.model.durationNs({
    ...NO_WORK,
    prefillTokens: BUDGET,
    prefillPairs: BUDGET * PROMPT,
    prefillSequences: 1,
    prefillContextTokens: PROMPT,
    decodeSequences: 1,
    decodeTokens: 1,
    decodePairs: 2100,
    contextTokens: 2100,
  })
  expect(chunked.longestNs).toBeLessThanOrEqual(stepNs)
  const stalled = run({ kind: 'prefill-first' })
  expect(stalled.longestNs).toBeGreaterThan(20 * stepNs)
  expect(stalled.longestNs).toBeGreaterThan(stalled.ttftNs * 0.95)
  // What it costs: the prompt itself takes longer, because parameters and cache are read once a chunk.
  expect(chunked.ttftNs).toBeGreaterThan(stalled.ttftNs)
})

test('decodes take their tokens of the budget first, a prompt the rest, by hand', () => {
  // A step costs 100 ns plus 1 ns a prompt token.
  const step = { baseNs: 100, prefillTokenNs: 1, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }
  const parts = createEngineParts(
    engineOptions.parse({ step, policy: { kind: 'chunked-prefill', budgetTokens: 10 } }),
  )
  const times = simulate(
    [
      { id: 0, dueNs: 0, promptTokens: 4, outputTokens: 3 },
      { id: 1, dueNs: 0, promptTokens: 16, outputTokens: 2 },
    ],
    parts,
  )
  // 4 and 6 of the 16; then a decode and 9; then a decode and the last.
  expect(times.map(({ tokenNs }) => [...tokenNs])).toEqual([
    [110, 219, 320],
    [320, 420],
  ])
})
