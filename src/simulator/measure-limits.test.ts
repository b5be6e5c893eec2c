import { expect, test } from 'vitest'
import { createEngineParts, type EngineInput, engineOptions } from './engine-options.ts'
import { measureLimits } from './measure-limits.ts'
import { simulate } from './simulate-run.ts'

const partsOf = (input: EngineInput) => () => createEngineParts(engineOptions.parse(input))

/** A step of a fixed time, whatever is in it, and one request at a time: everything follows by hand. */
const PLAIN: EngineInput = {
  step: { baseNs: 10e6, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 },
  limits: { maxBatch: 1 },
}

test('limits of an engine that follows by hand: 10 ms a step, one request at a time', () => {
  const found = measureLimits(partsOf(PLAIN), 1, { promptTokens: 100, outputTokens: 50 })
  expect(found.idleTtft[0]).toEqual({ promptTokens: 256, ns: 10e6 })
  expect(found.oneUserTokensPerSec).toBeCloseTo(100, 6)
  // 50 steps of 10 ms a request.
  expect(found.requestsPerSec).toBeCloseTo(2, 6)
  expect(found.tokensPerSec).toBeCloseTo(100, 4)
  expect(found.concurrentRequests).toBe(1)
})

test('three replicas do three times as much, and one user notices nothing', () => {
  const one = measureLimits(partsOf({ model: 'sim:fast' }), 1)
  const three = measureLimits(partsOf({ model: 'sim:fast', replicas: 3 }), 3)
  expect(three.requestsPerSec! / one.requestsPerSec!).toBeCloseTo(3, 1)
  expect(three.oneUserTokensPerSec).toBe(one.oneUserTokensPerSec)
})

test('what does not fit is null, not a number', () => {
  const found = measureLimits(partsOf({ limits: { contextTokens: 300, kvTokens: 4096 } }), 1)
  expect(found.idleTtft.map(({ ns }) => ns === null)).toEqual([false, true, true])
  expect(found.requestsPerSec).toBeNull()
})

test.each<EngineInput>([
  { model: 'sim:default' },
  { model: 'sim:llama3-8b@h100', policy: { kind: 'chunked-prefill' } },
  { model: 'sim:yi-34b@h100x2' },
])('below the request rate told the queue stays, above it grows: %j', (input) => {
  const size = { promptTokens: 256, outputTokens: 128 }
  const limit = measureLimits(partsOf(input), 1, size).requestsPerSec!
  const waits = (factor: number): number[] => {
    const gapNs = 1e9 / (limit * factor)
    const requests = Array.from({ length: 3000 }, (_, id) => ({ id, dueNs: Math.round(id * gapNs), ...size }))
    return simulate(requests, partsOf(input)()).map(({ prefillStartNs, dueNs }) => prefillStartNs! - dueNs)
  }
  const [below, above] = [waits(0.9), waits(1.15)]
  const late = (list: number[]) => list.slice(-300).reduce((sum, wait) => sum + wait, 0) / 300
  const early = (list: number[]) => list.slice(1000, 1300).reduce((sum, wait) => sum + wait, 0) / 300
  expect(late(below)).toBeLessThan(2 * early(below) + 1e9)
  expect(late(above)).toBeGreaterThan(1.5 * early(above))
})
