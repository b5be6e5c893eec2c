import { expect, test } from 'vitest'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import { createEngineParts, engineOptions } from './engine-options.ts'
import { MODEL_PRESETS } from './model-presets.ts'
import { type DueRequest, simulate, simulateEach } from './simulate-run.ts'

const defaultEngine = () => createEngineParts(engineOptions.parse({}))

test('a lone request takes the closed form of prefill and decode times', () => {
  const { baseNs, prefillTokenNs, prefillPairNs, sequenceNs, contextTokenNs } = MODEL_PRESETS[0]!.step
  const [times] = simulate([{ id: 0, dueNs: 123, promptTokens: 1000, outputTokens: 200 }], defaultEngine())
  const prefillNs = baseNs + 1000 * prefillTokenNs + ((1000 * 1001) / 2) * prefillPairNs
  expect(times!.prefillStartNs).toBe(123)
  expect(times!.prefillEndNs).toBe(123 + prefillNs)
  // Token k (from 0) ends k decode steps, the i-th of which reads 1000 + i cached tokens.
  const wanted = Array.from({ length: 200 }, (_, k) => {
    const cached = 1000 * k + (k * (k + 1)) / 2
    return 123 + prefillNs + k * (baseNs + sequenceNs) + cached * contextTokenNs
  })
  expect([...times!.tokenNs]).toEqual(wanted)
})

const SERVICE_NS = 1_000_000

/** One sequence at a time, each one step of fixed length: a queue with one server. */
function queueOfOne() {
  const step = { baseNs: SERVICE_NS, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 }
  return createEngineParts(engineOptions.parse({ step, limits: { maxBatch: 1 } }))
}

function poissonArrivals(count: number, utilisation: number): DueRequest[] {
  const random = createRandomStream(7)
  let dueNs = 0
  return Array.from({ length: count }, (_, id) => {
    dueNs += Math.round((-Math.log1p(-random.uniform()) * SERVICE_NS) / utilisation)
    return { id, dueNs, promptTokens: 1, outputTokens: 1 }
  })
}

test('one at a time, waiting follows the Lindley recursion to the nanosecond', () => {
  const requests = poissonArrivals(5000, 0.9)
  const times = simulate(requests, queueOfOne())
  let freeNs = 0
  for (const [id, { dueNs }] of requests.entries()) {
    freeNs = Math.max(freeNs, dueNs) + SERVICE_NS
    expect(times[id]!.tokenNs[0]).toBe(freeNs)
  }
})

test.each([0.3, 0.6, 0.8])(
  'mean waiting at utilisation %d is within a twentieth of the M/D/1 formula',
  (rho) => {
    let waitedNs = 0
    const count = 150_000
    simulateEach(poissonArrivals(count, rho), queueOfOne(), ({ dueNs, prefillStartNs }) => {
      waitedNs += prefillStartNs! - dueNs
    })
    const theoryNs = (rho * SERVICE_NS) / (2 * (1 - rho))
    expect(Math.abs(waitedNs / count / theoryNs - 1)).toBeLessThan(0.05)
  },
)

test('an hour of traffic needs no hour: virtual time never sleeps', () => {
  const requests = Array.from({ length: 3600 }, (_, id) => {
    return { id, dueNs: id * 1e9, promptTokens: 100, outputTokens: 50 }
  })
  const startedMs = performance.now()
  const times = simulate(requests, defaultEngine())
  expect(times.at(-1)!.tokenNs.at(-1)).toBeGreaterThan(3599e9)
  expect(performance.now() - startedMs).toBeLessThan(60_000)
})

test('requests are taken only when due, so that an endless run needs no endless memory', () => {
  let taken = 0
  let ended = 0
  let most = 0
  function* requests(): Generator<DueRequest> {
    for (let id = 0; id < 2000; id++) {
      most = Math.max(most, ++taken - ended)
      yield { id, dueNs: id * 1e9, promptTokens: 10, outputTokens: 5 }
    }
  }
  simulateEach(requests(), defaultEngine(), () => void ended++)
  expect(ended).toBe(2000)
  expect(most).toBeLessThanOrEqual(3)
})

test('requests refused by a full queue come back without tokens', () => {
  const parts = queueOfOne()
  const engine = { ...parts, limits: { ...parts.limits, maxQueue: 1 } }
  const requests = [0, 1, 2].map((id) => ({ id, dueNs: 0, promptTokens: 1, outputTokens: 1 }))
  expect(simulate(requests, engine).map(({ tokenNs }) => tokenNs.length)).toEqual([1, 0, 0])
})

test('due times that decrease and no requests at all', () => {
  const request = { promptTokens: 1, outputTokens: 1 }
  const decreasing = [
    { id: 0, dueNs: 5, ...request },
    { id: 1, dueNs: 4, ...request },
  ]
  expect(() => simulate(decreasing, defaultEngine())).toThrow('request 1 is due before')
  expect(simulate([], defaultEngine())).toEqual([])
})
