import { expect, test } from 'vitest'
import { createEngineParts, type EngineInput, engineOptions } from './engine-options.ts'
import { type DueRequest, simulate } from './simulate-run.ts'

/** A step costs 10 ns plus 1 ns a prompt token; there is room for 20 tokens. */
function run(memory: EngineInput['memory'], requests: readonly DueRequest[], kvTokens = 20) {
  const step = { baseNs: 10, prefillTokenNs: 1, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }
  const limits = { kvTokens, contextTokens: kvTokens }
  const times = simulate(requests, createEngineParts(engineOptions.parse({ step, limits, memory })))
  return times.map(({ tokenNs, preemptions }) => ({ tokenNs: [...tokenNs], preemptions }))
}

const TWO: readonly DueRequest[] = [
  { id: 0, dueNs: 0, promptTokens: 5, outputTokens: 12 },
  { id: 1, dueNs: 0, promptTokens: 5, outputTokens: 10 },
]

test('reserving, the second request waits until the first has left its room', () => {
  const [first, second] = run({ kind: 'reserve' }, TWO)
  expect(first!.tokenNs.at(-1)).toBe(125)
  expect(second).toEqual({ tokenNs: [140, 150, 160, 170, 180, 190, 200, 210, 220, 230], preemptions: 0 })
})

test('growing by recompute: the last to come gives way when the room is full and prefills what it had, by hand', () => {
  const [first, second] = run({ kind: 'preempt', by: 'recompute', watermarkFraction: 0 }, TWO)
  expect(first).toEqual({
    tokenNs: [20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130],
    preemptions: 0,
  })
  // Full at 70 with 10 tokens each. From 130 on it prefills 5 + 6 tokens, which also gives the next one.
  expect(second).toEqual({ tokenNs: [20, 30, 40, 50, 60, 70, 151, 161, 171, 181], preemptions: 1 })
})

test('growing by swap: ten tokens go out and come back at 2 ns each, by hand', () => {
  const memory = { kind: 'preempt', by: 'swap', swapTokenNs: 2, watermarkFraction: 0 } as const
  const [first, second] = run(memory, TWO)
  expect(first!.tokenNs).toEqual([20, 30, 40, 50, 60, 70, 100, 110, 120, 130, 140, 150])
  expect(second).toEqual({ tokenNs: [20, 30, 40, 50, 60, 70, 180, 190, 200, 210], preemptions: 1 })
})

test('preemption costs time, and none happens where there is room', () => {
  const memory = { kind: 'preempt', watermarkFraction: 0 } as const
  const roomy = run(memory, TWO, 40)
  expect(roomy.map(({ preemptions }) => preemptions)).toEqual([0, 0])
  expect(roomy[1]!.tokenNs.at(-1)).toBeLessThan(run(memory, TWO)[1]!.tokenNs.at(-1)!)
})

test('a watermark keeps a request out that would only be preempted', () => {
  const late: readonly DueRequest[] = [TWO[0]!, { ...TWO[1]!, dueNs: 71, promptTokens: 8, outputTokens: 1 }]
  const startNs = (watermarkFraction: number) =>
    run({ kind: 'preempt', watermarkFraction }, late)[1]!.tokenNs[0]!
  expect(startNs(0)).toBeLessThan(100)
  expect(startNs(0.3)).toBeGreaterThan(125)
})

test('no room is given to a newcomer that the running need in this very step', () => {
  // The first holds 10 of 20 when it decodes its sixth token: the second would fit for the length of one prefill.
  const late: readonly DueRequest[] = [TWO[0]!, { id: 1, dueNs: 66, promptTokens: 9, outputTokens: 2 }]
  const [first, second] = run({ kind: 'preempt', watermarkFraction: 0 }, late)
  expect(first!.tokenNs.at(-1)).toBe(125)
  expect(second).toEqual({ tokenNs: [144, 154], preemptions: 0 })
})
