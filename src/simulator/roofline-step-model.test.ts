import { expect, test } from 'vitest'
import { parseRooflinePreset } from './roofline-preset.ts'
import { rooflineStepModel } from './roofline-step-model.ts'
import { NO_WORK } from './step-model.ts'

/** Round numbers: a peak of 1000 and a bandwidth of 100 a ns, all of it used. */
const round = {
  layers: 2,
  hiddenSize: 10,
  attentionSize: 5,
  denseParams: 1000,
  expertParams: 0,
  experts: 0,
  expertsPerToken: 0,
  headParams: 100,
  paramBytes: 2,
  kvTokenBytes: 40,
  kvShards: 1,
  accelerators: 1,
  peakFlopsPerSec: 1000e9,
  bandwidthBytesPerSec: 100e9,
  linkBytesPerSec: 20e9,
  gemmEfficiency: 1,
  attentionEfficiency: 1,
  bandwidthEfficiency: 1,
  allReduceNs: 7,
  overheadNs: 5,
}
const decode = { ...NO_WORK, decodeSequences: 1, decodeTokens: 1, decodePairs: 9, contextTokens: 9 }
const prefill = (tokens: number) => ({
  ...NO_WORK,
  prefillTokens: tokens,
  prefillPairs: (tokens * (tokens + 1)) / 2,
  prefillSequences: 1,
})

test('a step that is bound by memory or by computing takes what was worked out by hand', () => {
  const model = rooflineStepModel.create(round)
  // 2,200 bytes of parameters and 10 tokens of 40 bytes at 100 a ns; computing would be 3 ns.
  expect(model.durationNs(decode)).toBe(5 + 26)
  // 2,000 a token, 40 a pair, 200 for the logits, at 1,000 a ns: 80 + 32.8 + 0.2; memory would be 38 ns.
  expect(model.durationNs(prefill(40))).toBe(5 + 113)
  const eager = rooflineStepModel.create({ ...round, attentionEfficiency: 0.5, gemmEfficiency: 0.25 })
  expect(eager.durationNs(prefill(40))).toBe(5 + Math.round(320 + 65.6 + 0.8))
})

test('two accelerators halve computing and memory and pay for two exchanges a layer', () => {
  const model = rooflineStepModel.create({ ...round, accelerators: 2, kvShards: 2 })
  // Half of 113; 4 exchanges of 7 ns and of 40 tokens of 20 bytes at 20 a ns.
  expect(model.durationNs(prefill(40))).toBe(Math.round(5 + 56.5 + 4 * (7 + 40)))
})

test('of four accelerators each exchanges three quarters of the activations twice', () => {
  const model = rooflineStepModel.create({ ...round, accelerators: 4, kvShards: 4 })
  expect(model.durationNs(prefill(40))).toBe(Math.round(5 + 113 / 4 + 4 * (7 + 60)))
})

test('one token reads the experts it is sent to, a large batch all of them', () => {
  const experts = { ...round, expertParams: 500, experts: 8, expertsPerToken: 2, overheadNs: 0 }
  const model = rooflineStepModel.create({ ...experts, peakFlopsPerSec: 1e18, kvTokenBytes: 0 })
  expect(model.durationNs(prefill(1))).toBe(22 + 20)
  expect(model.durationNs(prefill(1000))).toBe(22 + 80)
})

test('a cached prompt costs the reading of its cache, a chunk the pairs with all before it', () => {
  const model = rooflineStepModel.create({ ...round, peakFlopsPerSec: 1e18 })
  const chunk = { ...prefill(1), prefillContextTokens: 99 }
  expect(model.durationNs(chunk)).toBe(5 + 22 + 40)
})

/** Read off figure 1 of arXiv 2407.07000, to about 3 %. */
const PAPER: readonly (readonly [tokens: number, seconds: number, errorFraction: number])[] = [
  [8192, 0.57, 0.041],
  [16_384, 1.3, 0.06],
  [32_768, 4, -0.117],
  [65_536, 10.3, -0.012],
]

test.each(PAPER)(
  'Yi-34B on two H100s prefills %d tokens within a quarter of the %d s that arXiv 2407.07000 shows',
  (tokens, seconds, errorFraction) => {
    const model = rooflineStepModel.create(parseRooflinePreset('sim:yi-34b@h100x2').step)
    const error = model.durationNs(prefill(tokens)) / 1e9 / seconds - 1
    expect(Math.abs(error)).toBeLessThan(0.25)
    // The documentation says this number.
    expect(error).toBeCloseTo(errorFraction, 2)
  },
)
