import { expect, test } from 'vitest'
import { prefillFirstPolicy } from './prefill-first-policy.ts'
import { type DueRequest, simulate } from './simulate-run.ts'

/** A step costs 10 ns plus 1 ns a prompt token plus 1 ns a decoding sequence. */
const model = {
  durationNs: ({ prefillTokens, decodeSequences }: { prefillTokens: number; decodeSequences: number }) =>
    10 + prefillTokens + decodeSequences,
}

function run(requests: [dueNs: number, promptTokens: number, outputTokens: number][], budgetTokens = 100) {
  const limits = { maxBatch: 3, kvTokens: 300, contextTokens: 300, maxQueue: null }
  const policy = prefillFirstPolicy.create({ kind: 'prefill-first', budgetTokens })
  const due = requests.map(
    ([dueNs, promptTokens, outputTokens], id): DueRequest => ({ id, dueNs, promptTokens, outputTokens }),
  )
  return simulate(due, { model, limits, policy }).map(({ tokenNs }) => [...tokenNs])
}

test('a prefill stalls the decode beside it for its whole length', () => {
  // 0: prefill 0..15, decodes end at 26, 37; 1 arrives at 30, prefills 37..87; both decode 87..99.
  expect(
    run([
      [0, 5, 4],
      [30, 40, 2],
    ]),
  ).toEqual([
    [15, 26, 37, 99],
    [87, 99],
  ])
})

test('prompts that wait together share a prefill step up to the token budget', () => {
  expect(
    run([
      [0, 60, 1],
      [0, 40, 1],
      [0, 1, 1],
    ]),
  ).toEqual([[110], [110], [121]])
})

test('a prompt longer than the budget gets a step of its own', () => {
  expect(
    run([
      [0, 150, 1],
      [0, 5, 1],
    ]),
  ).toEqual([[160], [175]])
})

test('a request that does not fit the KV cache holds back the one behind it, which would', () => {
  // 0 holds 202 of 300 tokens until it ends at 221.
  const [first, second, third] = run(
    [
      [0, 200, 2],
      [1, 99, 1],
      [2, 10, 1],
    ],
    1000,
  )
  expect(first).toEqual([210, 221])
  expect(second).toEqual([340])
  expect(third).toEqual([340])
})

test('the batch limit makes the fourth request wait for a slot', () => {
  const times = run([
    [0, 1, 3],
    [0, 1, 3],
    [0, 1, 3],
    [0, 1, 1],
  ])
  expect(times[0]).toEqual([13, 26, 39])
  expect(times[3]).toEqual([50])
})
