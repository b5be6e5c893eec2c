import { expect, test } from 'vitest'
import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { createEngineParts, type EngineInput, engineOptions } from '../engine-options.ts'
import { type DueRequest, simulate } from '../simulate-run.ts'

const parts = (input: EngineInput) => createEngineParts(engineOptions.parse(input))

/** Prefill and decode of 10 ns a step, whatever is in it. */
const STEADY: EngineInput = {
  step: { baseNs: 10, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 },
}
const one = (id: number, dueNs: number, outputTokens: number, more: Partial<DueRequest> = {}): DueRequest => {
  return { id, dueNs, promptTokens: 4, outputTokens, ...more }
}

/** Requests as they come: exponential gaps, one in ten with an answer twenty times as long. */
function skewed(count: number, perSec: number): DueRequest[] {
  const random = createRandomStream(3)
  let dueNs = 0
  return Array.from({ length: count }, (_, id) => {
    dueNs += Math.round((-Math.log1p(-random.uniform()) * 1e9) / perSec)
    const promptTokens = 1 + Math.floor(random.uniform() * 400)
    return { id, dueNs, promptTokens, outputTokens: random.uniform() < 0.1 ? 1000 : 50 }
  })
}

test.each([
  ['plain', {}],
  ['disaggregated', { policy: { kind: 'disaggregated' } }],
  ['with preemptions', { memory: { kind: 'preempt' }, limits: { kvTokens: 3000, contextTokens: 2000 } }],
] satisfies [string, EngineInput][])(
  'three replicas in turn are three engines of their own, to the nanosecond: %s',
  (_name, engine) => {
    const requests = skewed(600, 30)
    const fleet = simulate(requests, parts({ ...engine, replicas: 3 }))
    for (const replica of [0, 1, 2]) {
      const own = requests.filter(({ id }) => id % 3 === replica)
      expect(fleet.filter(({ id }) => id % 3 === replica)).toEqual(simulate(own, parts(engine)))
    }
  },
)

test('the fewest outstanding beat taking turns where lengths differ', () => {
  const engine: EngineInput = { replicas: 4, limits: { maxBatch: 4 } }
  const requests = skewed(2000, 8)
  const [inTurn, byLoad] = (['round-robin', 'least-outstanding'] as const).map((kind) => {
    const times = simulate(requests, parts({ ...engine, router: { kind } }))
    return times.reduce((sum, { dueNs, tokenNs }) => sum + tokenNs[0]! - dueNs, 0) / times.length
  })
  expect(byLoad).toBeLessThan(inTurn! * 0.8)
})

test('with prompts that begin alike, affinity finds more of them in the caches than taking turns', () => {
  const blocks = (root: number) => Array.from({ length: 20 }, (_, at) => 1000 * root + at)
  const random = createRandomStream(2)
  // Each cache holds five of the twenty beginnings.
  const engine: EngineInput = { replicas: 4, prefixCache: { capacityTokens: 5 * 320 } }
  const requests = Array.from({ length: 400 }, (_, id) =>
    one(id, id * 5e8, 5, { promptTokens: 330, prefixBlocks: blocks(Math.floor(random.uniform() * 20)) }),
  )
  const [inTurn, byPrefix] = (['round-robin', 'prefix-affinity'] as const).map((kind) =>
    simulate(requests, parts({ ...engine, router: { kind } })).reduce(
      (sum, times) => sum + times.cachedTokens,
      0,
    ),
  )
  expect(byPrefix).toBeGreaterThan(inTurn! * 1.5)
})

test('a failure ends exactly what is on the replica, with the tokens so far; others do not notice', () => {
  const outages = [{ replica: 1, fromNs: 45, toNs: 100 }]
  const requests = [0, 1, 2, 3].map((id) => one(id, 0, 9))
  const times = simulate(requests, parts({ ...STEADY, replicas: 2, outages }))
  expect(times.map(({ failure }) => failure)).toEqual([null, 'replica-lost', null, 'replica-lost'])
  expect(times.map(({ endNs }) => endNs)).toEqual([90, 45, 90, 45])
  expect([...times[1]!.tokenNs]).toEqual([10, 20, 30, 40])
  expect(times[0]!.tokenNs).toEqual(simulate([one(0, 0, 9)], parts(STEADY))[0]!.tokenNs)
})

test('a token at the very moment of the failure is out', () => {
  const outages = [{ replica: 0, fromNs: 20, toNs: 30 }]
  const [lost, whole] = simulate([one(0, 0, 3), one(1, 30, 2)], parts({ ...STEADY, outages }))
  expect([lost!.failure, [...lost!.tokenNs], lost!.endNs]).toEqual(['replica-lost', [10, 20], 20])
  expect([whole!.failure, [...whole!.tokenNs]]).toEqual([null, [40, 50]])
})

test('a replica that is down gets nothing, and comes back with an empty cache', () => {
  const prefixBlocks = Array.from({ length: 10 }, (_, at) => at)
  const at = (id: number, dueNs: number) => one(id, dueNs, 1, { promptTokens: 161, prefixBlocks })
  const engine: EngineInput = { ...STEADY, prefixCache: {}, replicas: 2 }
  const requests = [at(0, 0), at(1, 0), at(2, 50), at(3, 50), at(4, 100), at(5, 100)]
  const outages = [{ replica: 1, fromNs: 40, toNs: 90 }]
  const times = simulate(requests, parts({ ...engine, outages }))
  // Both go to the first while the second is away; from 100 on one goes to each.
  expect(times.map(({ cachedTokens }) => cachedTokens)).toEqual([0, 0, 160, 160, 0, 160])
  expect(times.every(({ failure }) => failure === null)).toBe(true)
})

test('with retries, a request without a token starts anew elsewhere, and one with a token is lost', () => {
  const engine: EngineInput = { ...STEADY, limits: { maxBatch: 1 }, replicas: 2, retry: true }
  const outages = [{ replica: 0, fromNs: 25, toNs: 1000 }]
  const requests = [one(0, 0, 9), one(1, 0, 2), one(2, 0, 2)]
  const times = simulate(requests, parts({ ...engine, outages }))
  expect(times.map(({ failure }) => failure)).toEqual(['replica-lost', null, null])
  expect([...times[2]!.tokenNs]).toEqual([35, 45])
})

test('nobody up: refused at once, and served after the recovery', () => {
  const outages = [0, 1].map((replica) => ({ replica, fromNs: 100, toNs: 200 }))
  const requests = [one(0, 0, 2), one(1, 150, 2), one(2, 200, 2)]
  const times = simulate(requests, parts({ ...STEADY, replicas: 2, outages }))
  expect(times.map(({ failure, endNs }) => [failure, endNs])).toEqual([
    [null, 20],
    ['all-down', 150],
    [null, 220],
  ])
})

test('failures at random: some are lost, the service goes on, and the seed decides which', () => {
  const failures = { meanUpNs: 20e9, meanDownNs: 5e9 }
  const requests = skewed(1000, 8)
  const run = (seed: number) => {
    const times = simulate(requests, parts({ replicas: 3, failures: { ...failures, seed } }))
    return times.map(({ failure }) => failure)
  }
  expect(run(1)).toEqual(run(1))
  expect(run(1)).not.toEqual(run(2))
  const counts = [null, 'replica-lost'].map((wanted) => run(1).filter((failure) => failure === wanted).length)
  expect(counts[0]).toBeGreaterThan(800)
  expect(counts[1]).toBeGreaterThan(5)
  expect(run(1).slice(-50)).toContain(null)
})

test('replicas may differ, and requests have to fit into each of them', () => {
  const engine = parts({
    replicas: [{ model: 'sim:fast' }, { model: 'sim:slow', limits: { contextTokens: 50 } }],
  })
  const [fast, slow] = simulate([one(0, 0, 40), one(1, 0, 40)], engine)
  expect(slow!.endNs).toBeGreaterThan(fast!.endNs * 1.5)
  expect(() => simulate([one(0, 0, 50)], engine)).toThrow('54 tokens exceed the context of 50')
})

test('an outage of a replica that there is not is an error', () => {
  const outages = [{ replica: 2, fromNs: 0, toNs: 1 }]
  expect(() => parts({ replicas: 2, outages })).toThrow('there is no replica 2 to fail')
  expect(engineOptions.safeParse({ outages: [{ replica: 0, fromNs: 2, toNs: 2 }] }).success).toBe(false)
})

test('one engine without outages is no fleet', () => {
  expect(parts({}).fleet ?? null).toBe(null)
  expect(parts({ replicas: 1, router: { kind: 'least-outstanding' } }).fleet ?? null).toBe(null)
})
