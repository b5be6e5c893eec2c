import fc from 'fast-check'
import { expect, test } from 'vitest'
import vectors from '../../test/fixtures/reference/fluidity_vectors.json' with { type: 'json' }
import service from '../../test/fixtures/reference/service_vectors.json' with { type: 'json' }
import { fluidityIndex } from './fluidity-index.ts'

const toNs = (seconds: number) => Math.round(seconds * 1e9)

/** Algorithm 1 in the paper's words, with exact rational arithmetic: times and deadlines as integers over `scale`. */
function slowFluidity(times: bigint[], ttft: bigint, tbt: bigint, ignoreFirst: boolean) {
  let slack = 0n
  let missed = 0n
  let total = 0n
  for (const [i, time] of times.entries()) {
    if (i === 0 && ignoreFirst) continue
    const deadline = i === 0 ? ttft : tbt
    if (time <= deadline + slack) {
      slack += deadline - time
      total += 1n
      continue
    }
    // Deadlines that passed while the token was awaited, counted one by one.
    let passed = 1n
    while (deadline + slack + passed * tbt <= time) passed += 1n
    missed += passed
    total += passed
    slack = 0n
  }
  return { missed: Number(missed), total: Number(total) }
}

const timesNs = fc.array(fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constantFrom(0, 10, 20, 40, 400)), {
  maxLength: 60,
})
const deadline = fc.integer({ min: 1, max: 50 })

test.each(vectors)("agrees with the paper's own code on request $id", (vector) => {
  const times = vector.inter_token_times_s.map(toNs)
  const deadlines = {
    ttftDeadlineNs: toNs(vector.ttft_deadline_s),
    tbtDeadlineNs: toNs(vector.tbt_deadline_s),
  }
  for (const ignoreFirst of [false, true]) {
    const expected = ignoreFirst ? vector.ignore_first : vector
    const { index, missed, total } = fluidityIndex(times, { ...deadlines, ignoreFirst })
    expect({ missed, total }).toEqual({ missed: expected.missed, total: expected.total })
    if (total === 0) expect(index).toBeNull()
    else expect(1 - index!).toBeCloseTo(expected.miss_rate, 12)
  }
})

test("sums to the service miss rate of the paper's own code", () => {
  let missed = 0
  let total = 0
  for (const seconds of service.requests_inter_token_times_s) {
    const fluidity = fluidityIndex(seconds.map(toNs), {
      ttftDeadlineNs: toNs(service.ttft_deadline_s),
      tbtDeadlineNs: toNs(service.tbt_deadline_s),
    })
    missed += fluidity.missed
    total += fluidity.total
  }
  expect({ missed, total }).toEqual({ missed: service.service.missed, total: service.service.total })
  expect(missed / total).toBeCloseTo(service.service.miss_rate, 12)
})

test('equals Algorithm 1 in exact arithmetic, also where times are exact multiples of deadlines', () => {
  fc.assert(
    fc.property(timesNs, deadline, deadline, fc.boolean(), (times, ttft, tbt, ignoreFirst) => {
      const options = { ttftDeadlineNs: ttft, tbtDeadlineNs: tbt, ignoreFirst }
      const { missed, total } = fluidityIndex(times, options)
      expect({ missed, total }).toEqual(
        slowFluidity(times.map(BigInt), BigInt(ttft), BigInt(tbt), ignoreFirst),
      )
    }),
    { numRuns: 2_000 },
  )
})

test('is exact at multiples of large deadlines, where a quotient in seconds is off by one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000_000 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: -1, max: 1 }),
      (tbt, multiple, offset) => {
        const stall = tbt * multiple + offset
        const { missed } = fluidityIndex([0, stall], {
          ttftDeadlineNs: 1,
          tbtDeadlineNs: tbt,
          ignoreFirst: true,
        })
        expect(missed).toBe(stall <= tbt ? 0 : Number(BigInt(stall) / BigInt(tbt)))
      },
    ),
  )
})

test('never falls as either deadline grows', () => {
  fc.assert(
    fc.property(timesNs, deadline, deadline, deadline, deadline, (times, ttft, tbt, moreTtft, moreTbt) => {
      const index = (ttftDeadlineNs: number, tbtDeadlineNs: number) =>
        fluidityIndex(times, { ttftDeadlineNs, tbtDeadlineNs }).index ?? 0
      expect(index(ttft + moreTtft, tbt)).toBeGreaterThanOrEqual(index(ttft, tbt))
      expect(index(ttft, tbt + moreTbt)).toBeGreaterThanOrEqual(index(ttft, tbt))
    }),
    { numRuns: 1_000 },
  )
})

test('charges a stall for every deadline that passed while it lasted: the worked example of 20 ms tokens', () => {
  // 8 tokens an event every 160 ms against 25 ms: 1 in 12 deadlines met, as the metrics document says (0.09).
  const bursts = Array.from({ length: 800 }, (_, i) => (i % 8 === 0 ? 160e6 : 0))
  const perEvent = Array.from({ length: 100 }, () => 160e6)
  const options = { ttftDeadlineNs: 1e9, tbtDeadlineNs: 25e6, ignoreFirst: true }
  expect(fluidityIndex(bursts, options).index).toBe(1)
  expect(fluidityIndex(perEvent, options).index).toBeLessThan(0.1)
})

test('has no index without a judged token', () => {
  const none = { index: null, missed: 0, total: 0 }
  expect(fluidityIndex([], { ttftDeadlineNs: 1, tbtDeadlineNs: 1 })).toEqual(none)
  expect(fluidityIndex([5], { ttftDeadlineNs: 1, tbtDeadlineNs: 1, ignoreFirst: true })).toEqual(none)
  expect(fluidityIndex([5], { ttftDeadlineNs: 5, tbtDeadlineNs: 1 })).toEqual({
    index: 1,
    missed: 0,
    total: 1,
  })
})

test('takes any array of numbers', () => {
  const options = { ttftDeadlineNs: 10, tbtDeadlineNs: 10 }
  const expected = fluidityIndex([5, 30, 10], options)
  expect(fluidityIndex(Float64Array.of(5, 30, 10), options)).toEqual(expected)
  expect(fluidityIndex(Int32Array.of(5, 30, 10), options)).toEqual(expected)
})

test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses the deadline %s', (bad) => {
  const message = /must be a positive whole number of nanoseconds/
  expect(() => fluidityIndex([1], { ttftDeadlineNs: bad, tbtDeadlineNs: 1 })).toThrow(message)
  expect(() => fluidityIndex([1], { ttftDeadlineNs: 1, tbtDeadlineNs: bad })).toThrow(message)
})

test.each([[[1, -1]], [[1, 0.5]], [[1, Number.NaN]], [[1, 2 ** 53]]])('refuses the times %j', (times) => {
  expect(() => fluidityIndex(times, { ttftDeadlineNs: 1, tbtDeadlineNs: 1 })).toThrow(/inter-token time 1 is/)
})
