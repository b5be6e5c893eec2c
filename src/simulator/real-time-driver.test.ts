import { expect, onTestFinished, test } from 'vitest'
import type { Clock } from '../clock/clock.ts'
import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import { createWaker } from '../clock/waker.ts'
import { createEngine } from './create-engine.ts'
import { createEngineCore } from './engine-core.ts'
import { prefillFirstPolicy } from './prefill-first-policy.ts'
import { createRealTimeDriver } from './real-time-driver.ts'
import type { SimulatedRequest } from './sequence.ts'
import { simulate } from './simulate-run.ts'

const STEP_NS = 1_000_000

/** An engine of steps of 1 ms on a clock that the test turns: `jumpsNs` are its advances, one a look. */
function driven(clock: Clock) {
  const core = createEngineCore({
    model: { durationNs: () => STEP_NS },
    limits: { maxBatch: 8, kvTokens: 1000, contextTokens: 1000, maxQueue: null },
    policy: prefillFirstPolicy.create({ kind: 'prefill-first', budgetTokens: 100 }),
  })
  const delivered: { endNs: number; atNs: number }[] = []
  let done: () => void
  const idle = new Promise<void>((resolve) => {
    done = resolve
  })
  const waker = createWaker(clock)
  onTestFinished(waker.close)
  const driver = createRealTimeDriver(core, clock, waker, (step) => {
    delivered.push({ endNs: step.endNs, atNs: clock.nowNs() })
    if (core.state.running.length === 0) done()
  })
  return { core, driver, delivered, idle }
}

const request = (outputTokens: number) => ({ promptTokens: 1, outputTokens, maxOutputTokens: outputTokens })

test('steps end at absolute times: late deliveries do not move later ones, and none comes early', async () => {
  let nowNs = 0
  let looks = 0
  // The event loop is blocked for 5 steps once in a while.
  const clock: Clock = {
    nowNs() {
      nowNs += ++looks % 40 === 0 ? 5 * STEP_NS : 50_000
      return nowNs
    },
  }
  const { core, driver, delivered, idle } = driven(clock)
  core.submit(request(50), 0)
  driver.wake(0)
  await idle
  expect(delivered.map(({ endNs }) => endNs)).toEqual(Array.from({ length: 50 }, (_, k) => (k + 1) * STEP_NS))
  expect(delivered.every(({ endNs, atNs }) => atNs >= endNs)).toBe(true)
  expect(driver.lag().worstNs).toBeGreaterThanOrEqual(4 * STEP_NS)
})

test('a coarse wait on the real clock is not early either', async () => {
  const clock = createMonotonicClock()
  const { core, driver, delivered, idle } = driven(clock)
  const startNs = clock.nowNs()
  core.submit(request(20), startNs)
  driver.wake(startNs)
  await idle
  expect(delivered.at(-1)!.endNs).toBe(startNs + 20 * STEP_NS)
  expect(delivered.every(({ endNs, atNs }) => atNs >= endNs)).toBe(true)
})

test('a driver that was stopped delivers nothing more and cannot be woken', async () => {
  let nowNs = 0
  const { core, driver, delivered } = driven({ nowNs: () => (nowNs += STEP_NS) })
  core.submit(request(5), 0)
  driver.wake(0)
  driver.stop()
  driver.wake(0)
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(delivered).toEqual([])
})

test('two engines with a link between them take the same moments in real time as in virtual time', async () => {
  let nowNs = 0
  let looks = 0
  const clock: Clock = {
    nowNs() {
      nowNs += ++looks % 30 === 0 ? 2 * STEP_NS : 20_000
      return nowNs
    },
  }
  const parts = {
    model: { durationNs: () => STEP_NS },
    limits: { maxBatch: 8, kvTokens: 1000, contextTokens: 1000, maxQueue: null },
    policy: prefillFirstPolicy.create({ kind: 'prefill-first', budgetTokens: 100 }),
    handover: { transferNs: (tokens: number) => 300_000 + tokens },
  }
  const requests = Array.from({ length: 20 }, (_, id) => {
    return { id, dueNs: Math.round(id * 1.3 * STEP_NS), promptTokens: 50, outputTokens: 1 + (id % 5) }
  })
  const virtual = simulate(requests, parts)
  const core = createEngine<{ id: number } & SimulatedRequest>(parts)
  const waker = createWaker(clock)
  onTestFinished(waker.close)
  const ends = new Map<number, [startNs: number | null, endNs: number]>()
  await new Promise<void>((resolve) => {
    const driver = createRealTimeDriver(core, clock, waker, (step) => {
      for (const { request, prefillStartNs } of step.finished)
        ends.set(request.id, [prefillStartNs, step.endNs])
      if (ends.size === requests.length) resolve()
    })
    for (const due of requests) {
      waker.wakeAt(due.dueNs, () => {
        core.submit({ ...due, maxOutputTokens: due.outputTokens }, due.dueNs)
        driver.wake(due.dueNs)
      })
    }
  })
  expect(requests.map(({ id }) => ends.get(id))).toEqual(
    virtual.map(({ prefillStartNs, tokenNs }) => [prefillStartNs, tokenNs.at(-1)]),
  )
})

test('a prefill that ends while the other engine is in a long step is delivered then, not after it', async () => {
  let nowNs = 0
  const clock: Clock = {
    nowNs() {
      nowNs += 200_000
      return nowNs
    },
  }
  const core = createEngine({
    model: { durationNs: ({ decodeSequences }) => (decodeSequences > 0 ? 12 : 1) * STEP_NS },
    limits: { maxBatch: 8, kvTokens: 1000, contextTokens: 1000, maxQueue: null },
    policy: prefillFirstPolicy.create({ kind: 'prefill-first', budgetTokens: 100 }),
    handover: { transferNs: () => STEP_NS },
  })
  const waker = createWaker(clock)
  onTestFinished(waker.close)
  const lateNs: number[] = []
  await new Promise<void>((resolve) => {
    const driver = createRealTimeDriver(core, clock, waker, (step) => {
      lateNs.push(clock.nowNs() - step.endNs)
      if (core.state.running.length + core.state.waiting.length === 0) resolve()
    })
    const submit = (outputTokens: number, atNs: number) =>
      waker.wakeAt(atNs, () => {
        core.submit(request(outputTokens), atNs)
        driver.wake(atNs)
      })
    submit(3, 0)
    submit(1, 3 * STEP_NS)
  })
  expect(Math.max(...lateNs)).toBeLessThan(6 * STEP_NS)
})
