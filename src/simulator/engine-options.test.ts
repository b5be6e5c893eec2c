import { expect, test } from 'vitest'
import { createEngineParts, engineOptions } from './engine-options.ts'
import { MODEL_PRESETS } from './model-presets.ts'

test('without options the engine is the first preset', () => {
  const parts = createEngineParts(engineOptions.parse({}))
  expect(parts.limits).toEqual(MODEL_PRESETS[0]!.limits)
  const nothing = { prefillTokens: 0, prefillPairs: 0, decodeSequences: 0, contextTokens: 0 }
  expect(parts.model.durationNs(nothing)).toBe(MODEL_PRESETS[0]!.step.baseNs)
})

test('single costs and limits can be changed, and undefined changes nothing', () => {
  const input = {
    model: 'sim:slow',
    step: { baseNs: 5, sequenceNs: undefined },
    limits: { maxBatch: 2, kvTokens: undefined },
  }
  const parts = createEngineParts(engineOptions.parse(input))
  expect(parts.limits).toEqual({ ...MODEL_PRESETS[2]!.limits, maxBatch: 2 })
  const decode = { prefillTokens: 0, prefillPairs: 0, decodeSequences: 1, contextTokens: 0 }
  expect(parts.model.durationNs(decode)).toBe(5 + MODEL_PRESETS[2]!.step.sequenceNs)
})

test('an unknown preset or option is an error that names what is known', () => {
  expect(() => createEngineParts(engineOptions.parse({ model: 'sim:no' }))).toThrow('no model "sim:no"')
  expect(engineOptions.safeParse({ limits: { maxBach: 2 } }).success).toBe(false)
})
