import { expect, test } from 'vitest'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import { createEngineParts, type EngineInput, engineOptions, policyOptions } from './engine-options.ts'
import { parseRooflinePreset } from './roofline-preset.ts'
import { type DueRequest, simulate } from './simulate-run.ts'

const MODEL = 'sim:yi-34b@h100x2'
const KINDS = policyOptions.options.map(({ shape }) => {
  const [kind] =
    shape.kind.def.type === 'literal' ? shape.kind.def.values : shape.kind.def.innerType.def.values
  return kind!
})

function run(kind: (typeof KINDS)[number], perSec: number, input: EngineInput = {}) {
  const parts = createEngineParts(engineOptions.parse({ model: MODEL, policy: { kind }, ...input }))
  return simulate(requestsAt(perSec), parts)
}

/** The same 400 requests, sooner or later after one another. */
function requestsAt(perSec: number): DueRequest[] {
  const random = createRandomStream(5)
  let dueNs = 0
  return Array.from({ length: 400 }, (_, id) => {
    dueNs += Math.round((-Math.log1p(-random.uniform()) * 1e9) / perSec)
    const promptTokens = 100 + Math.floor(random.uniform() * 4000)
    return { id, dueNs, promptTokens, outputTokens: 1 + Math.floor(random.uniform() * 200) }
  })
}

const ENGINES = [1, 3].flatMap((replicas) => KINDS.map((kind) => [kind, replicas] as const))

test.each(ENGINES)(
  '%s is no faster than peak and bandwidth of its accelerators allow, times %d',
  (kind, replicas) => {
    const times = run(kind, 1000, { replicas })
    const { step, limits } = parseRooflinePreset(MODEL)
    const engines = replicas * (kind === 'disaggregated' ? 2 : 1)
    const seconds = Math.max(...times.map(({ tokenNs }) => tokenNs.at(-1)!)) / 1e9
    const requests = requestsAt(1000)
    const flops = requests.reduce(
      (sum, { promptTokens, outputTokens }) => sum + 2 * step.denseParams * (promptTokens + outputTokens - 1),
      0,
    )
    const peak = step.peakFlopsPerSec * step.accelerators * engines
    expect(flops / seconds).toBeLessThan(peak * step.gemmEfficiency)
    // A saturated engine that batches is not far below it either.
    if (kind !== 'static-batching') expect(flops / seconds).toBeGreaterThan((peak * step.gemmEfficiency) / 4)
    const outputTokens = requests.reduce((sum, request) => sum + request.outputTokens, 0)
    const readPerSec =
      (step.bandwidthBytesPerSec * step.accelerators * engines) / (step.denseParams * step.paramBytes)
    expect(outputTokens / seconds).toBeLessThan(readPerSec * limits.maxBatch)
  },
)

test.each(ENGINES)(
  '%s: more load does not lower the mean time to first token, times %d',
  (kind, replicas) => {
    const ttftNs = [0.5, 2, 8, 32].map((perSec) => {
      const times = run(kind, perSec, { replicas })
      return times.reduce((sum, { dueNs, tokenNs }) => sum + tokenNs[0]! - dueNs, 0) / times.length
    })
    expect(ttftNs).toEqual([...ttftNs].sort((a, b) => a - b))
  },
)

test.each(KINDS)('%s: a full queue refuses, and whoever is admitted is served', (kind) => {
  const times = run(kind, 1000, { limits: { maxQueue: 20, maxBatch: 4 } })
  const refused = times.filter(({ prefillStartNs }) => prefillStartNs === null)
  expect(refused.length).toBeGreaterThan(100)
  expect(refused.every(({ tokenNs }) => tokenNs.length === 0)).toBe(true)
  const served = times.filter(({ prefillStartNs }) => prefillStartNs !== null)
  expect(served.every(({ tokenNs }) => tokenNs.length > 0 && tokenNs.every((ns) => ns > 0))).toBe(true)
  expect(served.length).toBeGreaterThanOrEqual(20)
})
