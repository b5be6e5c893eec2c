/**
 * Routers and a failing replica: the same 2000 requests, 9 a second, at four replicas, in virtual time. Half of the prompts
 * begin like others of twelve kinds; one in ten answers is long.
 * Run: `node docs/examples/fleet.ts`
 */
import { createRandomStream } from '../../src/numerics/create-random-stream.ts'
import { quantilesOf } from '../../src/numerics/quantiles-of.ts'
import { createEngineParts, type EngineInput, engineOptions } from '../../src/simulator/engine-options.ts'
import { type DueRequest, simulate } from '../../src/simulator/simulate-run.ts'

const OUTAGE = { replica: 0, fromNs: 60e9, toNs: 120e9 }
const FLEETS: readonly (readonly [string, EngineInput])[] = [
  ['round-robin', { router: { kind: 'round-robin' } }],
  ['least-outstanding', { router: { kind: 'least-outstanding' } }],
  ['prefix-affinity', { router: { kind: 'prefix-affinity' } }],
  ['prefix-affinity, at most 2 ahead', { router: { kind: 'prefix-affinity', maxAhead: 2 } }],
  ['least-outstanding, one down for a minute', { router: { kind: 'least-outstanding' }, outages: [OUTAGE] }],
  ['the same, with retries', { router: { kind: 'least-outstanding' }, outages: [OUTAGE], retry: true }],
]

console.log('| Fleet of four | TTFT p50, s | p99, s | prompt tokens from the cache | failed requests |')
console.log('|---|---|---|---|---|')
for (const [name, input] of FLEETS) {
  const options = { replicas: 4, limits: { maxBatch: 4 }, prefixCache: { capacityTokens: 3000 }, ...input }
  const all = requests()
  const times = simulate(all, createEngineParts(engineOptions.parse(options)))
  const ended = times.filter(({ failure }) => failure === null)
  const ttftNs = Float64Array.from(ended, ({ tokenNs, dueNs }) => tokenNs[0]! - dueNs)
  const [p50, p99] = quantilesOf(ttftNs, [0.5, 0.99]).quantiles.map((ns) => (ns! / 1e9).toFixed(2))
  const cached = ended.reduce((sum, { cachedTokens }) => sum + cachedTokens, 0)
  const prompts = ended.reduce((sum, { id }) => sum + all[id]!.promptTokens, 0)
  const failed = times.length - ended.length
  console.log(`| ${name} | ${p50} | ${p99} | ${((100 * cached) / prompts).toFixed(0)} % | ${failed} |`)
}

function requests(): DueRequest[] {
  const random = createRandomStream(1)
  let dueNs = 0
  return Array.from({ length: 2000 }, (_, id) => {
    dueNs += Math.round((-Math.log1p(-random.uniform()) * 1e9) / 9)
    const kind = Math.floor(random.uniform() * 24)
    const blocks = kind < 12 ? 60 : 0
    const prefixBlocks = Array.from({ length: blocks }, (_, at) => 1000 * kind + at)
    const promptTokens = blocks * 16 + 1 + Math.floor(random.uniform() * 500)
    return { id, dueNs, promptTokens, outputTokens: random.uniform() < 0.1 ? 500 : 50, prefixBlocks }
  })
}
