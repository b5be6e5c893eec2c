import { expect, test } from 'vitest'
import { linearStepModel } from './linear-step-model.ts'

const costs = { baseNs: 1000, prefillTokenNs: 10, prefillPairNs: 0.25, sequenceNs: 100, contextTokenNs: 1.5 }

test('a step costs its base plus each part of its work, as worked out by hand', () => {
  const model = linearStepModel.create(costs)
  const nothing = { prefillTokens: 0, prefillPairs: 0, decodeSequences: 0, contextTokens: 0 }
  expect(model.durationNs(nothing)).toBe(1000)
  expect(model.durationNs({ ...nothing, prefillTokens: 4, prefillPairs: 10 })).toBe(1043) // 1042.5, rounded
  expect(model.durationNs({ ...nothing, decodeSequences: 2, contextTokens: 30 })).toBe(1245)
})

test('a step that costs nothing still lasts a nanosecond', () => {
  const free = { baseNs: 0, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }
  const model = linearStepModel.create(free)
  expect(model.durationNs({ prefillTokens: 1, prefillPairs: 1, decodeSequences: 1, contextTokens: 1 })).toBe(
    1,
  )
})

test('options reject negative costs and unknown names', () => {
  expect(linearStepModel.options.safeParse(costs).success).toBe(true)
  expect(linearStepModel.options.safeParse({ ...costs, baseNs: -1 }).success).toBe(false)
  expect(linearStepModel.options.safeParse({ ...costs, other: 1 }).success).toBe(false)
})
