import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ArrivalProcess } from './arrivals/arrival-process.ts'
import { burstArrivals } from './arrivals/burst-arrivals.ts'
import { closedLoopArrivals } from './arrivals/closed-loop-arrivals.ts'
import { constantArrivals } from './arrivals/constant-arrivals.ts'
import { gammaArrivals } from './arrivals/gamma-arrivals.ts'
import { poissonArrivals } from './arrivals/poisson-arrivals.ts'
import { createPlan } from './create-plan.ts'
import { fixedLength } from './lengths/fixed-length.ts'
import { uniformLength } from './lengths/uniform-length.ts'
import { zipfLength } from './lengths/zipf-length.ts'
import type { Plan } from './plan.ts'
import type { LengthSource, PlanSpec } from './plan-spec.ts'

const SECOND = 1e9
const uniform: LengthSource = {
  kind: 'independent',
  prompt: { distribution: uniformLength, options: { min: 1, max: 1000 } },
  output: { distribution: uniformLength, options: { min: 1, max: 500 } },
}
const poisson = { process: poissonArrivals, options: { ratePerSec: 5 } }
const constant = { process: constantArrivals, options: { ratePerSec: 10 } }
const users = { process: closedLoopArrivals, options: { users: 3 } }
const burst = { process: burstArrivals, options: {} }

const planOf = (spec: Partial<PlanSpec>): Plan =>
  createPlan({
    seed: 1,
    arrivals: poisson,
    lengths: uniform,
    promptText: (id, prompt, output) => `${id}/${prompt}/${output}`,
    ...spec,
  })
const lengthsOf = (plan: Plan, count = 50) => Array.from({ length: count }, (_, id) => plan.lengths(id))
const dueOf = (plan: Plan) => [...plan.dueNs!]

test('the same seed gives the same plan and another seed gives another', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (seed, other) => {
      fc.pre(seed !== other)
      const [one, same, different] = [seed, seed, other].map((each) => planOf({ seed: each, requests: 20 }))
      expect(dueOf(one!)).toEqual(dueOf(same!))
      expect(lengthsOf(one!)).toEqual(lengthsOf(same!))
      expect(one!.digest).toBe(same!.digest)
      expect(dueOf(one!)).not.toEqual(dueOf(different!))
      expect(lengthsOf(one!)).not.toEqual(lengthsOf(different!))
      expect(one!.digest).not.toBe(different!.digest)
    }),
    { numRuns: 30 },
  )
})

test('lengths do not depend on the order in which ids are asked', () => {
  const inOrder = lengthsOf(planOf({ requests: 10 }), 1000)
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 999 }), { maxLength: 20 }), (ids) => {
      const plan = planOf({ requests: 10 })
      for (const id of ids) expect(plan.lengths(id)).toEqual(inOrder[id])
    }),
  )
})

test('due times do not depend on lengths, nor lengths on arrivals, nor output lengths on prompt lengths', () => {
  const plan = planOf({ requests: 100 })
  const fixed = { distribution: fixedLength, options: { tokens: 9 } }
  const otherPrompts = planOf({ requests: 100, lengths: { ...uniform, prompt: fixed } as LengthSource })
  expect(dueOf(otherPrompts)).toEqual(dueOf(plan))
  expect(lengthsOf(otherPrompts).map((each) => each.outputTokens)).toEqual(
    lengthsOf(plan).map((each) => each.outputTokens),
  )
  expect(lengthsOf(planOf({ requests: 100, arrivals: users }))).toEqual(lengthsOf(plan))
})

test('a longer run begins as the shorter one did', () => {
  const short = planOf({ durationNs: 10 * SECOND })
  const long = planOf({ durationNs: 40 * SECOND })
  expect(dueOf(long).slice(0, short.size!)).toEqual(dueOf(short))
  expect(lengthsOf(long, short.size!)).toEqual(lengthsOf(short, short.size!))
})

test('prompt and output lengths of one distribution are not the same numbers', () => {
  const same = { distribution: uniformLength, options: { min: 1, max: 1000 } }
  const plan = planOf({ requests: 1, lengths: { kind: 'independent', prompt: same, output: same } })
  expect(lengthsOf(plan).filter((each) => each.promptTokens === each.outputTokens).length).toBeLessThan(5)
})

test('a run ends by requests, by duration, or by the first of both', () => {
  expect(planOf({ arrivals: constant, requests: 25 })).toMatchObject({
    size: 25,
    durationNs: null,
    users: null,
  })
  expect(planOf({ arrivals: constant, durationNs: 2 * SECOND })).toMatchObject({
    size: 20,
    durationNs: 2 * SECOND,
  })
  expect(planOf({ arrivals: constant, durationNs: 2 * SECOND, requests: 25 }).size).toBe(20)
  expect(planOf({ arrivals: constant, durationNs: 9 * SECOND, requests: 25 }).size).toBe(25)
})

test('no request becomes due at or after the end', () => {
  const arrivals = fc.constantFrom(poisson, constant, {
    process: gammaArrivals,
    options: { ratePerSec: 20, cv: 3 },
  })
  fc.assert(
    fc.property(arrivals, fc.integer({ min: 1, max: 20 }), fc.nat(), (process, seconds, seed) => {
      const spec = { arrivals: process, seed, warmup: { ns: 60 * SECOND } }
      const plan = planOf({ ...spec, durationNs: seconds * 10 * SECOND })
      expect(plan.durationNs).toBe((60 + seconds * 10) * SECOND)
      expect(plan.dueNs!.every((due) => due < plan.durationNs!)).toBe(true)
      expect(plan.dueNs!.length).toBe(plan.size)
    }),
    { numRuns: 50 },
  )
})

test('warm-up requests come in addition to requests and to the duration', () => {
  const byRequests = planOf({ arrivals: constant, requests: 20, warmup: { requests: 5 } })
  expect(byRequests).toMatchObject({ size: 25, warmupRequests: 5, warmupNs: 0 })
  const byTime = planOf({ arrivals: constant, durationNs: 2 * SECOND, warmup: { requests: 5 } })
  expect(byTime).toMatchObject({ size: 25, warmupRequests: 5, durationNs: 2.5 * SECOND })
})

test('warm-up time comes in addition to requests and to the duration', () => {
  const byRequests = planOf({ arrivals: constant, requests: 20, warmup: { ns: SECOND } })
  expect(byRequests).toMatchObject({ size: 30, warmupRequests: 0, warmupNs: SECOND })
  const byTime = planOf({ arrivals: constant, durationNs: 2 * SECOND, warmup: { ns: SECOND } })
  expect(byTime).toMatchObject({ size: 30, warmupNs: SECOND, durationNs: 3 * SECOND })
})

test('a closed loop has users and limits but no due times', () => {
  expect(planOf({ arrivals: users, requests: 7, warmup: { requests: 3 } })).toMatchObject({
    users: 3,
    size: 10,
    dueNs: null,
    durationNs: null,
    warmupRequests: 3,
  })
  expect(planOf({ arrivals: users, durationNs: SECOND, warmup: { ns: SECOND } })).toMatchObject({
    users: 3,
    size: null,
    durationNs: 2 * SECOND,
    warmupNs: SECOND,
  })
  expect(planOf({ arrivals: users, durationNs: SECOND, requests: 9 })).toMatchObject({
    size: 9,
    durationNs: SECOND,
  })
})

test('a burst makes every request due at 0', () => {
  const plan = planOf({ arrivals: burst, requests: 4, warmup: { requests: 1 } })
  expect(dueOf(plan)).toEqual([0, 0, 0, 0, 0])
})

test('a schedule that is finite by nature ends the run early', () => {
  const recorded = finite([0, 5, 5, 9])
  expect(planOf({ arrivals: { process: recorded, options: {} }, requests: 100 }).size).toBe(4)
})

test('a trace gives the lengths of its rows in order and starts over at its end', () => {
  const rows = [1, 2, 3].map((n) => ({ promptTokens: n, outputTokens: 10 * n }))
  const plan = planOf({ requests: 7, lengths: { kind: 'trace', rows } })
  expect(lengthsOf(plan, 7).map((each) => each.promptTokens)).toEqual([1, 2, 3, 1, 2, 3, 1])
  expect(plan.lengths(5)).toEqual({ promptTokens: 3, outputTokens: 30 })
})

test('the prompt is made from the id and its lengths', () => {
  const rows = [{ promptTokens: 4, outputTokens: 8 }]
  expect(planOf({ requests: 2, lengths: { kind: 'trace', rows } }).prompt(1)).toBe('1/4/8')
})

test('defaults of option schemas are filled in', () => {
  const zipf = { distribution: zipfLength, options: { min: 1, max: 50 } }
  const full = { distribution: zipfLength, options: { min: 1, max: 50, theta: 0.6, scramble: false } }
  const digests = [zipf, full].map(
    (each) => planOf({ requests: 9, lengths: { kind: 'independent', prompt: each, output: each } }).digest,
  )
  expect(digests[0]).toBe(digests[1])
})

test('the digest tells apart lengths, users and due times, and is the same as in the first release', () => {
  const rows = [{ promptTokens: 4, outputTokens: 8 }]
  const digests = [
    planOf({ requests: 9 }),
    planOf({ requests: 10 }),
    planOf({ requests: 9, lengths: { kind: 'trace', rows } }),
    planOf({ requests: 9, arrivals: users }),
    planOf({ requests: 9, arrivals: { ...users, options: { users: 4 } } }),
    planOf({ requests: 9, arrivals: burst }),
  ].map((plan) => plan.digest)
  expect(new Set(digests).size).toBe(digests.length)
  for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/)
  expect(digests[0]).toMatchInlineSnapshot(
    `"9e53664484063d5a172b76b43c5bc829a887759c0bf6cad33b78e2d92e592971"`,
  )
})

const finite = (times: readonly number[]): ArrivalProcess => ({
  ...burstArrivals,
  kind: 'recorded',
  needsRequests: false,
  dueTimesNs: () => times,
})
const half: LengthSource = {
  kind: 'independent',
  prompt: { distribution: { ...fixedLength, sampler: () => () => 0.5 }, options: { tokens: 1 } },
  output: { distribution: fixedLength, options: { tokens: 1 } },
}
const refused: Record<string, [spec: Partial<PlanSpec>, message: RegExp]> = {
  'no end': [{}, /nothing ends the run/],
  'no requests': [{ requests: 0 }, /number of requests must be an integer of at least 1, not 0/],
  'a fractional duration': [{ durationNs: 0.5 }, /duration in ns must be an integer/],
  'a negative warm-up': [{ requests: 1, warmup: { requests: -1 } }, /warm-up requests must be an integer/],
  'a fractional seed': [{ requests: 1, seed: 0.5 }, /seed must be an integer, not 0.5/],
  'bad arrival options': [
    { requests: 1, arrivals: { ...poisson, options: { ratePerSec: -1 } } },
    /arrivals: bad options of poisson.*ratePerSec/,
  ],
  'bad length options': [
    { requests: 1, lengths: { ...half, output: { distribution: fixedLength, options: {} } } as LengthSource },
    /output length: bad options of fixed.*tokens/,
  ],
  'an empty trace': [{ requests: 1, lengths: { kind: 'trace', rows: [] } }, /trace of lengths has no rows/],
  'a burst without requests': [
    { arrivals: burst, durationNs: SECOND },
    /burst arrivals .* counted in requests/,
  ],
  'a burst warmed up by time': [
    { arrivals: burst, requests: 5, warmup: { ns: 1 } },
    /burst arrivals .* counted in requests/,
  ],
  'a closed loop with requests warmed up by time': [
    { arrivals: users, requests: 5, warmup: { ns: 1 } },
    /ends by requests cannot warm up by time/,
  ],
  'a closed loop with a duration warmed up by requests': [
    { arrivals: users, durationNs: 5, warmup: { requests: 1 } },
    /ends by time cannot warm up by requests/,
  ],
  'a run too short for a request': [
    { arrivals: { ...poisson, options: { ratePerSec: 1e-6 } }, durationNs: 1 },
    /no measured request becomes due/,
  ],
  'a schedule that decreases': [
    { arrivals: { process: finite([5, 4]), options: {} }, requests: 5 },
    /recorded: due time 4 after 5/,
  ],
  'a schedule with fractions': [
    { arrivals: { process: finite([0.5]), options: {} }, requests: 5 },
    /recorded: due time 0.5 after 0/,
  ],
  'lengths with fractions': [{ requests: 1, lengths: half }, /prompt length: fixed gave 0.5/],
}
for (const [name, [spec, message]] of Object.entries(refused)) {
  test(`${name} is an error of the config`, () => {
    expect(() => planOf(spec)).toThrow(expect.objectContaining({ name: 'MetronError', code: 'bad-config' }))
    expect(() => planOf(spec)).toThrow(message)
  })
}

test('an id that is not a whole number from 0 is refused', () => {
  const plan = planOf({ requests: 1 })
  for (const id of [-1, 0.5, Number.NaN]) expect(() => plan.lengths(id)).toThrow(RangeError)
})
