// The same 600 requests, 2.5 a second, at Yi-34B on two H100s under each scheduling policy, in virtual time. Prompts of 200
// to 8,200 tokens, more short than long, answers of up to 400. Prints a table of docs/explain/simulator.md.
// Run it with: node docs/examples/scheduling-policies.ts
import { fluidityIndex } from '../../src/index.ts'
import { createRandomStream } from '../../src/numerics/create-random-stream.ts'
import { createEngineParts, type EngineInput, engineOptions } from '../../src/simulator/engine-options.ts'
import { type DueRequest, type SimulatedTimes, simulate } from '../../src/simulator/simulate-run.ts'

const DEADLINES = { ttftDeadlineNs: 1e9, tbtDeadlineNs: 25e6 }
const POLICIES: Readonly<Record<string, EngineInput>> = {
  'static-batching': { policy: { kind: 'static-batching' } },
  'prefill-first': { policy: { kind: 'prefill-first' } },
  'chunked-prefill, 2048': { policy: { kind: 'chunked-prefill' } },
  'chunked-prefill, 512': { policy: { kind: 'chunked-prefill', budgetTokens: 512 } },
  'deadline-priority': {
    policy: { kind: 'deadline-priority', budgetTokens: 512, ttftDeadlineNs: 2e8, promptTokenNs: 1e6 },
  },
  'disaggregated, two engines': { policy: { kind: 'disaggregated' } },
  'chunked-prefill, 512, speculation': {
    policy: { kind: 'chunked-prefill', budgetTokens: 512 },
    speculation: {},
  },
}

const random = createRandomStream(3)
let dueNs = 0
const requests = Array.from({ length: 600 }, (_, id): DueRequest => {
  dueNs += Math.round((-Math.log1p(-random.uniform()) * 1e9) / 2.5)
  const promptTokens = 200 + Math.floor(random.uniform() ** 3 * 8000)
  return { id, dueNs, promptTokens, outputTokens: 1 + Math.floor(random.uniform() * 400) }
})

/** Time to the first token, then the gaps. */
function gapsNs({ dueNs, tokenNs }: SimulatedTimes): number[] {
  return Array.from(tokenNs, (ns, at) => ns - (at === 0 ? dueNs : tokenNs[at - 1]!))
}

/** Nearest rank. */
function quantile(values: number[], fraction: number): number {
  return values.sort((a, b) => a - b)[Math.ceil(fraction * values.length) - 1]!
}

console.log('| Policy | TTFT p50, s | p99, s | mean TPOT, ms | TBT p99, ms | longest, ms | fluid requests |')
console.log('|---|---|---|---|---|---|---|')
for (const [name, policy] of Object.entries(POLICIES)) {
  const input = { model: 'sim:yi-34b@h100x2', ...policy }
  const answers = simulate(requests, createEngineParts(engineOptions.parse(input))).map(gapsNs)
  const ttft = answers.map(([first]) => first! / 1e9)
  const tbt = answers.flatMap(([, ...rest]) => rest.map((ns) => ns / 1e6))
  const tpot = answers
    .filter(({ length }) => length > 1)
    .map(([, ...rest]) => rest.reduce((sum, ns) => sum + ns, 0) / rest.length / 1e6)
  const fluid = answers.filter((gaps) => fluidityIndex(gaps, DEADLINES).index! >= 0.9).length
  const cells = [
    quantile(ttft, 0.5).toFixed(2),
    quantile(ttft, 0.99).toFixed(2),
    (tpot.reduce((sum, ms) => sum + ms, 0) / tpot.length).toFixed(0),
    quantile(tbt, 0.99).toFixed(0),
    quantile(tbt, 1).toFixed(0),
    `${((100 * fluid) / answers.length).toFixed(0)} %`,
  ]
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}
