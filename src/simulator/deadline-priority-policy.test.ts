import { expect, test } from 'vitest'
import { createEngineParts, engineOptions } from './engine-options.ts'
import { type DueRequest, simulate } from './simulate-run.ts'

/** A step costs 10 ns plus 1 ns a prompt token. */
const STEP = { baseNs: 10, prefillTokenNs: 1, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }

function firstTokensNs(kind: 'deadline-priority' | 'chunked-prefill', requests: DueRequest[], options = {}) {
  const policy = { kind, budgetTokens: 10, ...options }
  const parts = createEngineParts(engineOptions.parse({ step: STEP, limits: { maxBatch: 8 }, policy }))
  return simulate(requests, parts).map(({ tokenNs }) => tokenNs[0])
}

const one = (id: number, dueNs: number, promptTokens: number, ttftDeadlineNs: number): DueRequest => {
  return { id, dueNs, promptTokens, outputTokens: 1, ttftDeadlineNs }
}

test('who is due first is admitted first, whoever came before', () => {
  const requests = [one(0, 0, 10, 1e6), one(1, 1, 10, 1e6), one(2, 2, 10, 100)]
  expect(firstTokensNs('deadline-priority', requests)).toEqual([20, 60, 40])
  expect(firstTokensNs('chunked-prefill', requests)).toEqual([20, 40, 60])
})

test('an urgent request overtakes a long prompt that was begun', () => {
  const requests = [one(0, 0, 100, 1e6), one(1, 5, 5, 100)]
  expect(firstTokensNs('deadline-priority', requests)[1]).toBe(40)
  expect(firstTokensNs('chunked-prefill', requests)[1]).toBeGreaterThan(200)
})

test('requests that name no deadline get one that grows with the prompt', () => {
  const requests = [one(0, 0, 10, 0), { id: 1, dueNs: 1, promptTokens: 30, outputTokens: 1 }]
  requests.push({ id: 2, dueNs: 2, promptTokens: 10, outputTokens: 1 })
  expect(firstTokensNs('deadline-priority', requests, { promptTokenNs: 10 })).toEqual([20, 100, 40])
})
