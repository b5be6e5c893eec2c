import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEngine } from './create-engine.ts'
import type { EngineCore } from './engine-core.ts'
import { createEngineParts, type EngineInput, engineOptions, policyOptions } from './engine-options.ts'
import type { EngineParts } from './engine-parts.ts'
import { reservedTokens, type Sequence, type SimulatedRequest } from './sequence.ts'
import type { StepWork } from './step-model.ts'

/** Everything that a config can choose: each policy, with each way of using memory, and all together. */
const MEMORIES: Record<string, EngineInput> = {
  'reserving memory': {},
  'preempting by recompute': { memory: { kind: 'preempt', watermarkFraction: 0.1 } },
  'preempting by swap': { memory: { kind: 'preempt', by: 'swap', swapTokenNs: 3, watermarkFraction: 0 } },
  'with a prefix cache': { prefixCache: { blockTokens: 2 } },
  'with speculation': { speculation: { draftTokens: 3, acceptance: 0.6 } },
  'with all of it': {
    memory: { kind: 'preempt' },
    prefixCache: { blockTokens: 3, capacityTokens: 12 },
    speculation: { draftTokens: 2, acceptance: 0.8 },
  },
  'with all of it and swap': {
    memory: { kind: 'preempt', by: 'swap' },
    prefixCache: { blockTokens: 2 },
    speculation: { draftTokens: 2, acceptance: 0.8 },
  },
}
const KINDS = policyOptions.options.map(({ shape }) => shape.kind)
const POLICIES: Record<string, EngineInput> = {
  'static-batching': { policy: { kind: 'static-batching' } },
  'prefill-first': { policy: { kind: 'prefill-first', budgetTokens: 12 } },
  'chunked-prefill': { policy: { kind: 'chunked-prefill', budgetTokens: 6 } },
  'deadline-priority': { policy: { kind: 'deadline-priority', budgetTokens: 6, promptTokenNs: 20 } },
  disaggregated: {
    policy: { kind: 'disaggregated', budgetTokens: 12, linkBytesPerSec: 2e13, linkLatencyNs: 3 },
  },
}
const ENGINES = Object.entries(POLICIES).flatMap(([policy, first]) =>
  Object.entries(MEMORIES).map(
    ([memory, second]) => [`${policy}, ${memory}`, { ...first, ...second }] as const,
  ),
)

const LIMITS = { maxBatch: 4, kvTokens: 40, contextTokens: 20 }
const STEP = { baseNs: 7, prefillTokenNs: 2, prefillPairNs: 1, sequenceNs: 1, contextTokenNs: 1 }

interface Planned extends SimulatedRequest {
  readonly gapNs: number
  /** Steps after its arrival at which its client leaves, `null` for never. */
  readonly leavesAfter: number | null
}

const planned: fc.Arbitrary<Planned> = fc.record({
  gapNs: fc.nat(80),
  promptTokens: fc.integer({ min: 1, max: 10 }),
  outputTokens: fc.integer({ min: 1, max: 7 }),
  maxOutputTokens: fc.integer({ min: 7, max: 10 }),
  cachedTokens: fc.nat(3),
  // Few beginnings, so that they are shared; a block's hash is of all before it.
  prefixBlocks: fc
    .tuple(fc.nat(2), fc.nat(4))
    .map(([root, blocks]) => Array.from({ length: blocks }, (_, at) => 10 * root + at)),
  ttftDeadlineNs: fc.nat(300),
  leavesAfter: fc.option(fc.nat(8), { freq: 4 }),
})

/** Drives an engine through everything, checking what must hold after each call; returns a trace of it all. */
function drive(input: EngineInput, requests: readonly Planned[]): string[] {
  const parts = createEngineParts(engineOptions.parse({ ...input, step: STEP, limits: LIMITS }))
  const worked: StepWork[] = []
  const model = {
    durationNs(work: StepWork) {
      worked.push(work)
      return parts.model.durationNs(work)
    },
  }
  const core: EngineCore<Planned> = createEngine<Planned>({ ...parts, model })
  const trace: string[] = []
  const tokens = new Map<Sequence, number>()
  const leaving: { sequence: Sequence<Planned>; atStep: number }[] = []
  const queue: { item: Planned; dueNs: number }[] = []
  let dueNs = 0
  for (const item of requests) {
    dueNs += item.gapNs
    queue.push({ item, dueNs })
  }
  let lastEndNs = 0
  let steps = 0
  let endNs: number | null = null

  const check = () => {
    const { running, kvFreeTokens } = core.state
    // Two engines also count those in between; each of them keeps its own limit.
    if (parts.handover === null) must(running.length <= LIMITS.maxBatch, 'batch limit')
    must(kvFreeTokens >= 0 && kvFreeTokens <= LIMITS.kvTokens, 'KV limit')
    const unready = running.filter((each) => each.prefilledTokens < each.prefillTokens).length
    if (parts.handover === null) must(core.state.prefilling === unready, 'prefills are counted')
    const busy = [...tokens.keys()].some(isInside)
    // Of two engines, one may be in a step whose clients have all left.
    must(endNs === null ? !busy : busy || parts.handover !== null, 'works exactly while somebody is served')
  }
  while (queue.length > 0 || endNs !== null) {
    must(steps < 5000, 'comes to an end')
    if (queue.length > 0 && (endNs === null || queue[0]!.dueNs <= endNs)) {
      const { item, dueNs } = queue.shift()!
      const sequence = core.submit(item, dueNs)!
      tokens.set(sequence, 0)
      if (item.leavesAfter !== null) leaving.push({ sequence, atStep: steps + item.leavesAfter })
      endNs = core.begin(dueNs)
      check()
      continue
    }
    for (const { sequence, atStep } of leaving) {
      if (atStep === steps) trace.push(`cancel ${sequence.order} ${core.cancel(sequence)}`)
    }
    const step = core.end()
    must(step.endNs === endNs && step.endNs >= lastEndNs && step.endNs >= step.startNs, 'ends in order')
    for (const sequence of step.emitted) {
      const before = tokens.get(sequence)!
      const gained = sequence.emittedTokens - before
      must(gained >= 1 && sequence.emittedTokens <= sequence.request.outputTokens, 'each token once')
      if (parts.speculation === null || before === 0) must(gained === 1, 'a token a step')
      if (before === 0) must(sequence.prefillEndNs === step.endNs, 'first token at the end of the prefill')
      must(step.startNs >= sequence.arrivalNs, 'nothing before its arrival')
      must(step.endNs > sequence.prefillStartNs!, 'nothing before its prefill')
      tokens.set(sequence, sequence.emittedTokens)
    }
    must(new Set(step.emitted).size === step.emitted.length, 'once in a step')
    const gains = step.emitted.map(({ order, emittedTokens }) => `${order}:${emittedTokens}`)
    trace.push(`${step.startNs}-${step.endNs} ${gains.join(' ')}`)
    // Of two engines, the other is in the middle of a step.
    if (parts.handover === null) for (const sequence of core.state.running) checkRoom(sequence, parts)
    lastEndNs = step.endNs
    steps++
    endNs = core.begin(step.endNs)
    check()
  }
  for (const [sequence, count] of tokens) {
    if (sequence.state === 'finished') expect(count).toBe(sequence.request.outputTokens)
    else expect([sequence.state, count < sequence.request.outputTokens]).toEqual(['cancelled', true])
  }
  expect([core.state.running.length, core.state.waiting.length]).toEqual([0, 0])
  expect(core.state.kvFreeTokens).toBe(LIMITS.kvTokens)
  checkThroughput(worked, lastEndNs, [...tokens.keys()])
  return trace
}

/** Between steps a sequence holds what it reserved, or what its tokens take: no leak, no debt. */
function checkRoom(sequence: Sequence, { memory, prefixCache }: EngineParts): void {
  const { request, emittedTokens, prefillTokens, prefilledTokens, heldTokens, sharedBlocks } = sequence
  const heldWithShared = heldTokens + sharedBlocks * (prefixCache?.blockTokens ?? 0)
  if (memory?.kind === 'reserve') must(heldWithShared === reservedTokens(request), 'reserved room')
  else if (prefilledTokens < prefillTokens) must(heldWithShared === prefillTokens, 'room of a prefill')
  else
    must(
      heldWithShared === request.promptTokens + emittedTokens - 1 || emittedTokens === 0,
      'room of its tokens',
    )
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken: ${what}`)
}

const isInside = ({ state }: Sequence) => state === 'waiting' || state === 'running'

/** Nothing is done for free: prompts that were not cached were computed, tokens were decoded. */
function checkThroughput(worked: readonly StepWork[], endNs: number, sequences: readonly Sequence[]): void {
  const sum = (of: (work: StepWork) => number) => worked.reduce((total, work) => total + of(work), 0)
  const finished = sequences.filter(({ state }) => state === 'finished')
  const needed = finished.reduce(
    (all, { request, cachedTokens }) => all + request.promptTokens - cachedTokens,
    0,
  )
  const decoded = finished.reduce((all, { emittedTokens }) => all + emittedTokens - 1, 0)
  expect(sum((work) => work.prefillTokens)).toBeGreaterThanOrEqual(needed)
  if (finished.every(({ preemptions }) => preemptions === 0)) {
    expect(sum((work) => work.decodeTokens)).toBeGreaterThanOrEqual(decoded)
  }
  expect(endNs).toBeGreaterThanOrEqual(Math.max(0, needed * STEP.prefillTokenNs) / 2)
}

test('the suite covers every policy that there is', () => {
  expect(Object.keys(POLICIES).length).toBe(KINDS.length)
})

test.each(ENGINES)(
  '%s: tokens come once, after their prefill, within the limits, while there is work, always the same',
  (_name, input) => {
    fc.assert(
      fc.property(fc.array(planned, { maxLength: 25 }), (requests) => {
        expect(drive(input, requests)).toEqual(drive(input, requests))
      }),
      { numRuns: 60 },
    )
  },
)
