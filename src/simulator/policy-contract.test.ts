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
/** Alone, and in fleets whose replicas come and go. */
const FLEETS: Record<string, EngineInput> = {
  alone: {},
  'two in turn, failing at random': { replicas: 2, failures: { meanUpNs: 300, meanDownNs: 100 } },
  'three by outstanding, failing once, with retries': {
    replicas: 3,
    router: { kind: 'least-outstanding' },
    outages: [
      { replica: 0, fromNs: 100, toNs: 400 },
      { replica: 1, fromNs: 350, toNs: 500 },
    ],
    retry: true,
  },
  'two by prefix, failing together': {
    replicas: 2,
    router: { kind: 'prefix-affinity', blocks: 1, maxAhead: 3 },
    outages: [0, 1].map((replica) => ({ replica, fromNs: 200, toNs: 300 })),
    retry: true,
  },
}
const ENGINES = Object.entries(POLICIES).flatMap(([policy, first]) =>
  Object.entries(MEMORIES).flatMap(([memory, second]) =>
    Object.entries(FLEETS).map(
      ([fleet, third]) => [`${policy}, ${memory}, ${fleet}`, { ...first, ...second, ...third }] as const,
    ),
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
  const fleet = parts.fleet ?? null
  const replicas = fleet?.replicas.map((createParts) => () => ({ ...createParts(), model })) ?? []
  const core: EngineCore<Planned> = createEngine<Planned>({
    ...parts,
    model,
    fleet: fleet === null ? null : { ...fleet, replicas },
  })
  /** Of several engines, others are in the middle of a step when one ends its own. */
  const isOne = parts.handover === null && fleet === null
  const kvTokens = LIMITS.kvTokens * Math.max(1, replicas.length)
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
  let failed = 0
  let endNs: number | null = null

  const check = () => {
    const { running, kvFreeTokens } = core.state
    // Two engines also count those in between; each of them keeps its own limit.
    if (parts.handover === null) must(running.length <= core.state.limits.maxBatch, 'batch limit')
    must(kvFreeTokens >= 0 && kvFreeTokens <= kvTokens, 'KV limit')
    const unready = running.filter((each) => each.prefilledTokens < each.prefillTokens).length
    if (parts.handover === null) must(core.state.prefilling === unready, 'prefills are counted')
    const busy = [...tokens.keys()].some(isInside)
    // Of several engines, one may be in a step whose clients have all left.
    must(endNs === null ? !busy : busy || !isOne, 'works exactly while somebody is served')
  }
  while (queue.length > 0 || endNs !== null) {
    must(steps < 5000, 'comes to an end')
    if (queue.length > 0 && (endNs === null || queue[0]!.dueNs <= endNs)) {
      const { item, dueNs } = queue.shift()!
      const sequence = core.submit(item, dueNs)
      if (sequence === null) must(core.isDown!(dueNs), 'refused only while all are down')
      else tokens.set(sequence, 0)
      if (sequence !== null && item.leavesAfter !== null)
        leaving.push({ sequence, atStep: steps + item.leavesAfter })
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
    for (const sequence of step.failed ?? []) {
      must(sequence.state === 'failed', 'failed once, and not after its end')
      must(!core.cancel(sequence), 'what has failed cannot leave')
      trace.push(`fail ${sequence.order}`)
      failed++
    }
    must(new Set(step.emitted).size === step.emitted.length, 'once in a step')
    const gains = step.emitted.map(({ order, emittedTokens }) => `${order}:${emittedTokens}`)
    trace.push(`${step.startNs}-${step.endNs} ${gains.join(' ')}`)
    if (isOne) for (const sequence of core.state.running) checkRoom(sequence, parts)
    lastEndNs = step.endNs
    steps++
    endNs = core.begin(step.endNs)
    check()
  }
  for (const [sequence, count] of tokens) {
    if (sequence.state === 'finished') expect(count).toBe(sequence.request.outputTokens)
    else {
      must(sequence.state === 'cancelled' || sequence.state === 'failed', 'everybody is told of an end')
      must(count < sequence.request.outputTokens, 'nobody leaves after the last token')
    }
  }
  must(
    failed === [...tokens.keys()].filter(({ state }) => state === 'failed').length,
    'failures are told once',
  )
  expect([core.state.running.length, core.state.waiting.length]).toEqual([0, 0])
  expect(core.state.kvFreeTokens).toBe(kvTokens)
  checkThroughput(worked, lastEndNs, [...tokens.keys()], Math.max(1, replicas.length))
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
function checkThroughput(
  worked: readonly StepWork[],
  endNs: number,
  sequences: readonly Sequence[],
  replicas: number,
): void {
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
  expect(endNs).toBeGreaterThanOrEqual(Math.max(0, needed * STEP.prefillTokenNs) / 2 / replicas)
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
      { numRuns: 30 },
    )
  },
)
