import { expect, test } from 'vitest'
import { engineLimits } from './engine-limits.ts'
import { linearStepModel, linearStepOptions } from './linear-step-model.ts'
import { MODEL_PRESETS } from './model-presets.ts'
import { NO_WORK } from './step-model.ts'

test.each(MODEL_PRESETS)('$name has valid parameters and room for its context', ({ step, limits }) => {
  expect(linearStepOptions.parse(step)).toEqual(step)
  expect(engineLimits.parse(limits)).toEqual(limits)
  expect(limits.kvTokens).toBeGreaterThanOrEqual(limits.contextTokens)
})

test('the default engine decodes 8 sequences of 500 tokens in about 12 ms', () => {
  const model = linearStepModel.create(MODEL_PRESETS[0]!.step)
  const stepNs = model.durationNs({
    ...NO_WORK,
    decodeSequences: 8,
    decodeTokens: 8,
    contextTokens: 4000,
  })
  expect(stepNs).toBeGreaterThan(11e6)
  expect(stepNs).toBeLessThan(13e6)
})

test('the default engine takes in about 11,000 prompt tokens a second, and fewer the longer the prompt', () => {
  const model = linearStepModel.create(MODEL_PRESETS[0]!.step)
  const perSec = (n: number) =>
    n /
    (model.durationNs({
      ...NO_WORK,
      prefillTokens: n,
      prefillPairs: (n * (n + 1)) / 2,
    }) /
      1e9)
  expect(perSec(2000)).toBeGreaterThan(10_000)
  expect(perSec(2000)).toBeLessThan(12_500)
  expect(perSec(16_000)).toBeLessThan(perSec(8000))
  expect(perSec(64_000)).toBeLessThan(0.6 * perSec(8000))
})
