import { expect, test } from 'vitest'
import { createEngineParts, type EngineInput, engineOptions } from './engine-options.ts'
import { type DueRequest, simulate } from './simulate-run.ts'

/** A step costs 10 ns plus 1 ns a prompt token. */
const STEP = { baseNs: 10, prefillTokenNs: 1, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }

function run(
  kind: 'static-batching' | 'prefill-first',
  requests: DueRequest[],
  limits: EngineInput['limits'] = {},
) {
  const parts = createEngineParts(engineOptions.parse({ step: STEP, limits, policy: { kind } }))
  return simulate(requests, parts).map(({ tokenNs }) => [...tokenNs])
}

const long = { id: 0, dueNs: 0, promptTokens: 5, outputTokens: 4 }
const late = { id: 1, dueNs: 1, promptTokens: 5, outputTokens: 1 }

test('a late short request waits for the last token of the long one before it, and would not otherwise', () => {
  expect(run('static-batching', [long, late])).toEqual([[15, 25, 35, 45], [60]])
  expect(run('prefill-first', [long, late])).toEqual([[15, 40, 50, 60], [30]])
})

test('requests that wait together are one batch, as many as fit', () => {
  const together = [0, 1, 2].map((id) => ({ id, dueNs: 0, promptTokens: 5, outputTokens: 2 - (id % 2) }))
  expect(run('static-batching', together, { maxBatch: 2 })).toEqual([[20, 30], [20], [45, 55]])
})
