import { expect, test } from 'vitest'
import { engineLimits } from './engine-limits.ts'
import { ENGINE_NAMES } from './engine-names.ts'
import { createEngineParts, engineOptions } from './engine-options.ts'
import { countParams, MODEL_ARCHITECTURES } from './model-architectures.ts'
import { MODEL_PRESETS } from './model-presets.ts'
import { parseRooflinePreset } from './roofline-preset.ts'
import { rooflineStepModel, rooflineStepOptions } from './roofline-step-model.ts'
import { simulate } from './simulate-run.ts'
import { NO_WORK } from './step-model.ts'

test.each(MODEL_ARCHITECTURES)(
  'the parts of $name sum to the published $publishedParams parameters',
  (model) => {
    expect(Math.abs(countParams(model).total / model.publishedParams - 1)).toBeLessThan(0.005)
  },
)

test('every name that is listed is an engine with valid parameters, and none is listed twice', () => {
  const named = ENGINE_NAMES.slice(MODEL_PRESETS.length)
  for (const name of named) {
    const preset = parseRooflinePreset(name)
    expect(preset.name).toBe(name)
    expect(rooflineStepOptions.parse(preset.step)).toEqual(preset.step)
    expect(engineLimits.parse(preset.limits)).toEqual(preset.limits)
  }
  expect(new Set(ENGINE_NAMES).size).toBe(ENGINE_NAMES.length)
  expect(named.length).toBeGreaterThan(50)
})

test('the KV cache is what memory is left: Llama-3-8B on one H100 by hand', () => {
  // 0.9 * 80 GiB - 8.03e9 * 2 bytes, at 2 * 32 layers * 8 heads * 128 * 2 bytes a token.
  const { limits, step } = parseRooflinePreset('sim:llama3-8b@h100')
  expect(step.kvTokenBytes).toBe(131_072)
  expect(limits.kvTokens / ((0.9 * 80 * 2 ** 30 - 16.06e9) / 131_072)).toBeCloseTo(1, 3)
})

test('more accelerators hold more, and cannot split keys and values beyond the heads', () => {
  const tokens = (name: string) => parseRooflinePreset(name).limits.kvTokens
  expect(tokens('sim:llama3-70b@h100x4')).toBeGreaterThan(2 * tokens('sim:llama3-70b@h100x2'))
  expect(parseRooflinePreset('sim:qwen2.5-7b@a100x8').step.kvShards).toBe(4)
})

test('a lone sequence decodes no faster than the parameters can be read', () => {
  const { step } = parseRooflinePreset('sim:llama3-70b@h100x4')
  const model = rooflineStepModel.create(step)
  const ns = model.durationNs({
    ...NO_WORK,
    decodeSequences: 1,
    decodeTokens: 1,
    decodePairs: 1,
    contextTokens: 1,
  })
  expect(ns).toBeGreaterThan((69.5e9 * 2) / 4 / 3350)
  expect(ns).toBeLessThan(25e6)
})

test.each([
  ['sim:none@h100', 'no model "none"', 'llama3-8b'],
  ['sim:yi-34b@b200', 'no accelerator "b200"', 'mi300x'],
  ['sim:yi-34b@h100x3', '3 accelerators', 'x2, x4 or x8'],
  ['sim:llama3-70b@h100', 'does not fit', 'more accelerators'],
  ['sim:fastest', '"sim:fastest" is no engine', 'sim:fast'],
])('the name %s is an error that says what to do', (name, message, hint) => {
  expect(() => parseRooflinePreset(name)).toThrow(message)
  expect(() => parseRooflinePreset(name)).toThrow(
    expect.objectContaining({ hint: expect.stringContaining(hint) }),
  )
})

test.each([
  ['sim:llama3-8b@h200', 833.4],
  ['sim:llama3-70b@h200x4', 2077.5],
  ['sim:mixtral-8x7b@h200x2', 1917.4],
])(
  'a batch of 8 with 32 tokens in and 128 out on %s takes the %d ms of vLLM, by build 9515 of its benchmark',
  (model, ms) => {
    const requests = Array.from({ length: 8 }, (_, id) => ({
      id,
      dueNs: 0,
      promptTokens: 32,
      outputTokens: 128,
    }))
    const [first] = simulate(requests, createEngineParts(engineOptions.parse({ model })))
    const error = first!.tokenNs.at(-1)! / 1e6 / ms - 1
    expect(Math.abs(error)).toBeLessThan(0.1)
  },
)
