import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MetronError } from '../errors/metron-error.ts'
import { createEngineCore, type EngineCore } from './engine-core.ts'
import type { Policy } from './policy.ts'
import { prefillFirstPolicy } from './prefill-first-policy.ts'
import { reservedTokens, type Sequence, type SimulatedRequest } from './sequence.ts'

const model = {
  durationNs: (work: { prefillTokens: number; prefillPairs: number; contextTokens: number }) =>
    7 + work.prefillTokens + work.prefillPairs + work.contextTokens,
}
const policy = () => prefillFirstPolicy.create({ kind: 'prefill-first', budgetTokens: 12 })
const limits = { maxBatch: 4, kvTokens: 40, contextTokens: 20, maxQueue: null }
const request = (promptTokens: number, outputTokens: number): SimulatedRequest => ({
  promptTokens,
  outputTokens,
  maxOutputTokens: outputTokens,
})

interface Planned extends SimulatedRequest {
  readonly gapNs: number
  /** Steps after its arrival at which its client leaves, `null` for never. */
  readonly leavesAfter: number | null
}

const planned = fc.record({
  gapNs: fc.nat(60),
  promptTokens: fc.integer({ min: 1, max: 10 }),
  outputTokens: fc.integer({ min: 1, max: 5 }),
  maxOutputTokens: fc.integer({ min: 5, max: 10 }),
  leavesAfter: fc.option(fc.nat(8), { freq: 3 }),
})

/** Drives an engine through everything, checking what must hold after each call; returns a trace of it all. */
function drive(requests: readonly Planned[]): string[] {
  const core = createEngineCore<Planned>({ model, limits, policy: policy() })
  const trace: string[] = []
  const tokens = new Map<Sequence, number>()
  const leaving: { sequence: Sequence<Planned>; atStep: number }[] = []
  let lastStarted = -1
  let steps = 0
  let arrivedNs = 0
  let endNs: number | null = null
  const order = new Map<Sequence, number>()
  const queue = requests.map((item) => {
    arrivedNs += item.gapNs
    return { item, dueNs: arrivedNs }
  })
  const check = (engine: EngineCore<Planned>) => {
    const { running, kvFreeTokens } = engine.state
    const used = running.reduce((sum, { request: { promptTokens, maxOutputTokens } }) => {
      return sum + promptTokens + maxOutputTokens
    }, 0)
    expect(running.length).toBeLessThanOrEqual(limits.maxBatch)
    expect(kvFreeTokens).toBe(limits.kvTokens - used)
    expect(kvFreeTokens).toBeGreaterThanOrEqual(0)
  }
  while (queue.length > 0 || endNs !== null) {
    if (endNs === null || (queue.length > 0 && queue[0]!.dueNs <= endNs)) {
      const { item, dueNs } = queue.shift()!
      const sequence = core.submit(item, dueNs)!
      order.set(sequence, order.size)
      tokens.set(sequence, 0)
      if (item.leavesAfter !== null) leaving.push({ sequence, atStep: steps + item.leavesAfter })
      endNs = core.begin(dueNs)
    } else {
      for (const { sequence, atStep } of leaving) {
        if (atStep === steps) trace.push(`cancel ${order.get(sequence)} ${core.cancel(sequence)}`)
      }
      const step = core.end()
      expect(step.endNs).toBe(endNs)
      for (const sequence of step.emitted) {
        tokens.set(sequence, tokens.get(sequence)! + 1)
        expect(sequence.emittedTokens).toBe(tokens.get(sequence))
        expect(step.endNs).toBeGreaterThanOrEqual(sequence.prefillEndNs!)
        expect(step.startNs).toBeGreaterThanOrEqual(sequence.arrivalNs)
        if (sequence.emittedTokens === 1) {
          // First come, first started.
          expect(order.get(sequence)).toBeGreaterThan(lastStarted)
          lastStarted = order.get(sequence)!
          expect(sequence.prefillEndNs).toBe(step.endNs)
        }
      }
      trace.push(`${step.startNs}-${step.endNs} ${step.emitted.map((sequence) => order.get(sequence))}`)
      steps++
      endNs = core.begin(step.endNs)
    }
    check(core)
  }
  for (const [sequence, count] of tokens) {
    if (sequence.state === 'finished') expect(count).toBe(sequence.request.outputTokens)
    else expect([sequence.state, count < sequence.request.outputTokens]).toEqual(['cancelled', true])
  }
  expect([core.state.running.length, core.state.waiting.length]).toEqual([0, 0])
  return trace
}

test('every admitted token comes out once, after its prefill, in order, within the limits, and always the same', () => {
  fc.assert(
    fc.property(fc.array(planned, { maxLength: 30 }), (requests) => {
      expect(drive(requests)).toEqual(drive(requests))
    }),
    { numRuns: 300 },
  )
})

test('a request that waits gets its turn as long as others keep coming', () => {
  const endless = Array.from({ length: 200 }, () => ({ ...request(10, 5), gapNs: 1, leavesAfter: null }))
  expect(drive(endless).length).toBeGreaterThan(200)
})

test('a sequence cancelled in mid-step emits nothing and frees its slot and cache at once', () => {
  const core = createEngineCore({ model, limits, policy: policy() })
  const sequence = core.submit(request(8, 3), 0)!
  core.begin(0)
  expect(core.state.kvFreeTokens).toBe(29)
  expect(core.cancel(sequence)).toBe(true)
  expect(core.cancel(sequence)).toBe(false)
  expect(core.state.kvFreeTokens).toBe(40)
  expect(core.state.running).toEqual([])
  expect(core.end().emitted).toEqual([])
  expect(core.begin(1000)).toBeNull()
})

test('requests that arrive after a step was due to start are not in it, however late it is begun', () => {
  const core = createEngineCore({ model, limits, policy: policy() })
  core.submit(request(1, 3), 0)
  const endNs = core.begin(0)!
  core.submit(request(1, 1), endNs + 1)
  const first = core.end()
  core.begin(first.endNs)
  expect(core.end().emitted.map(({ arrivalNs }) => arrivalNs)).toEqual([0])
})

test('an idle engine starts when the first request arrives, and never before its last step ended', () => {
  const core = createEngineCore({ model, limits, policy: policy() })
  core.submit(request(1, 1), 500)
  core.begin(0)
  const { startNs, endNs } = core.end()
  expect([startNs, endNs]).toEqual([500, 509])
  core.submit(request(1, 1), 500)
  core.begin(500)
  expect(core.end().startNs).toBe(509)
})

test('a full queue refuses, and a request that can never fit throws', () => {
  const core = createEngineCore({ model, limits: { ...limits, maxQueue: 1 }, policy: policy() })
  expect(core.submit(request(1, 1), 0)).not.toBeNull()
  expect(core.submit(request(1, 1), 0)).toBeNull()
  expect(() => core.submit(request(15, 6), 0)).toThrow(MetronError)
  expect(() => core.submit(request(0, 6), 0)).toThrow('a token each')
  expect(() => core.submit({ ...request(1, 6), maxOutputTokens: 5 }, 0)).toThrow('below')
})

test('attention pairs of a prompt processed in chunks sum to those of the whole prompt', () => {
  const pairs: number[] = []
  const chunked: Policy = {
    plan(state) {
      const sequence = state.waiting.at(0) ?? state.running[0]
      return sequence ? { prefills: [{ sequence, tokens: 2 }], decodes: [] } : null
    },
  }
  const recording = { durationNs: (work: { prefillPairs: number }) => pairs.push(work.prefillPairs) }
  const core = createEngineCore({ model: recording, limits, policy: chunked })
  core.submit(request(6, 1), 0)
  const emitted: number[] = []
  for (let endNs = core.begin(0); endNs !== null; endNs = core.begin(endNs))
    emitted.push(core.end().emitted.length)
  expect(pairs).toEqual([3, 7, 11]) // 21 = 6 * 7 / 2
  expect(emitted).toEqual([0, 0, 1])
})

const waits = (state: Parameters<Policy['plan']>[0]) => state.waiting.at(0)!
const brokenPolicies: Record<string, Policy['plan']> = {
  'plans an empty step': () => ({ prefills: [], decodes: [] }),
  'decodes what has no prefill': (state) => ({ prefills: [], decodes: [waits(state)] }),
  'prefills more than the prompt': (state) => ({
    prefills: [{ sequence: waits(state), tokens: 99 }],
    decodes: [],
  }),
  'admits a request from the future': (state) => ({
    prefills: [{ sequence: state.waiting.at(2)!, tokens: 1 }],
    decodes: [],
  }),
  'admits beyond the batch': (state) => ({
    prefills: [0, 1].map((at) => ({ sequence: state.waiting.at(at)!, tokens: 1 })),
    decodes: [],
  }),
}

test.each(Object.entries(brokenPolicies))(
  'a policy that %s is an error, not a wrong result',
  (_what, plan) => {
    const core = createEngineCore({ model, limits: { ...limits, maxBatch: 1 }, policy: { plan } })
    for (const arrivalNs of [0, 0, 1]) core.submit(request(1, 1), arrivalNs)
    expect(() => core.begin(0)).toThrow("simulator's policy")
  },
)

test('a policy that overfills the KV cache is an error', () => {
  const plan: Policy['plan'] = (state) => ({
    prefills: [0, 1, 2].map((at) => ({ sequence: state.waiting.at(at)!, tokens: 1 })),
    decodes: [],
  })
  const core = createEngineCore({ model, limits, policy: { plan } })
  for (let i = 0; i < 3; i++) core.submit(request(10, 10), 0)
  expect(reservedTokens(request(10, 10)) * 3).toBeGreaterThan(limits.kvTokens)
  expect(() => core.begin(0)).toThrow('KV cache')
})
