import { expect, test } from 'vitest'
import { createEngineParts, engineOptions } from './engine-options.ts'
import { MODEL_PRESETS } from './model-presets.ts'
import { NO_WORK } from './step-model.ts'

test('without options the engine is the first preset', () => {
  const parts = createEngineParts(engineOptions.parse({}))
  expect(parts.limits).toEqual(MODEL_PRESETS[0]!.limits)
  expect(parts.model.durationNs(NO_WORK)).toBe(MODEL_PRESETS[0]!.step.baseNs)
})

test('single costs and limits can be changed, and undefined changes nothing', () => {
  const input = {
    model: 'sim:slow',
    step: { baseNs: 5, sequenceNs: undefined },
    limits: { maxBatch: 2, kvTokens: undefined },
  }
  const parts = createEngineParts(engineOptions.parse(input))
  expect(parts.limits).toEqual({ ...MODEL_PRESETS[2]!.limits, maxBatch: 2 })
  const decode = { ...NO_WORK, decodeSequences: 1, decodeTokens: 1 }
  expect(parts.model.durationNs(decode)).toBe(5 + MODEL_PRESETS[2]!.step.sequenceNs)
})

test('an unknown preset or option is an error that names what is known', () => {
  expect(() => createEngineParts(engineOptions.parse({ model: 'sim:no' }))).toThrow('"sim:no" is no engine')
  expect(engineOptions.safeParse({ limits: { maxBach: 2 } }).success).toBe(false)
})

test('a model on accelerators is an engine, and its parameters can be changed', () => {
  const decode = { ...NO_WORK, decodeSequences: 1, decodeTokens: 1 }
  const plain = createEngineParts(engineOptions.parse({ model: 'sim:llama3-8b@h100' }))
  const slow = createEngineParts(
    engineOptions.parse({
      model: 'sim:llama3-8b@h100',
      roofline: { overheadNs: 12.5e6 },
      limits: { maxBatch: 3 },
    }),
  )
  expect(slow.model.durationNs(decode) - plain.model.durationNs(decode)).toBe(10e6)
  expect(slow.limits).toEqual({ ...plain.limits, maxBatch: 3 })
})

test('costs of the other sort of engine are an error, not ignored', () => {
  const parts = (input: object) => () => createEngineParts(engineOptions.parse(input))
  expect(parts({ model: 'sim:llama3-8b@h100', step: { baseNs: 5 } })).toThrow('wrong sort')
  expect(parts({ model: 'sim:fast', roofline: { overheadNs: 5 } })).toThrow('wrong sort')
  expect(parts({ model: 'sim:fast', roofline: { overheadNs: undefined } })).not.toThrow()
})

test.each(['prefill-first', 'chunked-prefill', 'static-batching', 'deadline-priority', 'disaggregated'])(
  'the policy %s needs no more than its name',
  (kind) => {
    const parts = createEngineParts(engineOptions.parse({ policy: { kind } }))
    expect(parts.policy.plan).toBeTypeOf('function')
    expect(parts.handover === null).toBe(kind !== 'disaggregated')
  },
)

test('a swap takes as long as the bytes of the model take at 50 GB/s, unless a time is given', () => {
  const swapTokenNs = (model: string, given: number | null = null) => {
    const memory = { kind: 'preempt', by: 'swap', swapTokenNs: given } as const
    const parts = createEngineParts(engineOptions.parse({ model, memory }))
    return parts.memory?.kind === 'preempt' ? parts.memory.swapTokenNs : undefined
  }
  // Yi-34B: 2 * 60 layers * 8 heads * 128 * 2 bytes.
  expect(swapTokenNs('sim:yi-34b@h100x2')).toBeCloseTo(245_760 / 50, 6)
  expect(swapTokenNs('sim:default')).toBeCloseTo(131_072 / 50, 6)
  expect(swapTokenNs('sim:default', 7)).toBe(7)
})
