import { expect, test } from 'vitest'
import { linearStepModel } from './linear-step-model.ts'
import { NO_WORK } from './step-model.ts'

const costs = { baseNs: 1000, prefillTokenNs: 10, prefillPairNs: 0.25, sequenceNs: 100, contextTokenNs: 1.5 }

test('a step costs its base plus each part of its work, as worked out by hand', () => {
  const model = linearStepModel.create(costs)
  expect(model.durationNs(NO_WORK)).toBe(1000)
  expect(model.durationNs({ ...NO_WORK, prefillTokens: 4, prefillPairs: 10 })).toBe(1043) // 1042.5, rounded
  expect(model.durationNs({ ...NO_WORK, decodeSequences: 2, decodeTokens: 2, contextTokens: 30 })).toBe(1245)
})

test('a step that costs nothing still lasts a nanosecond', () => {
  const free = { baseNs: 0, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }
  const model = linearStepModel.create(free)
  expect(
    model.durationNs({ ...NO_WORK, prefillTokens: 1, prefillPairs: 1, decodeTokens: 1, contextTokens: 1 }),
  ).toBe(1)
})

test('options reject negative costs and unknown names', () => {
  expect(linearStepModel.options.safeParse(costs).success).toBe(true)
  expect(linearStepModel.options.safeParse({ ...costs, baseNs: -1 }).success).toBe(false)
  expect(linearStepModel.options.safeParse({ ...costs, other: 1 }).success).toBe(false)
})
