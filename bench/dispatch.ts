/**
 * How late a stamping thread sends: one-token requests of an open loop (Poisson) against a trivial server in a process of its
 * own, with the ways of waiting that can serve a shard taking turns. Figures are medians of the turns, but the worst of
 * all. Run: `node bench/dispatch.ts [--rate 1000] [--seconds 4] [--repeats 2]`; on a busy machine
 * `chrt -f 1 node bench/dispatch.ts` as root, as in `bench/scheduling.ts`. Target: p99 from due to dispatched under 1 ms.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { createRandomStream } from '../src/numerics/create-random-stream.ts'
import { quantilesOf } from '../src/numerics/quantiles-of.ts'
import type { DispatchResult, DispatchSetup } from './dispatch/dispatch-thread.ts'

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '4' },
    repeats: { type: 'string', default: '2' },
  },
})
const [perSec, seconds, repeats] = [values.rate, values.seconds, values.repeats].map(Number) as [
  number,
  number,
  number,
]
const WARMUP_NS = 1e9
const NAMES = [
  'timer',
  'timer, polls the last 1.5 ms',
  'timer, polls the last 0.5 ms',
  'kept: thread, message, timer beside it',
]

const server = fork(new URL('dispatch/one-event-server.ts', import.meta.url))
const [port] = (await once(server, 'message')) as [number]
const turns = new Map<string, DispatchResult[]>(NAMES.map((name) => [name, []]))
for (let repeat = 0; repeat < repeats; repeat++)
  for (const [name, done] of turns) done.push(await send(name, repeat))
server.disconnect()

console.log(`${perSec} requests/s, node ${process.version}, load ${loadavg()[0]!.toFixed(1)}\n`)
console.log(
  '| | due to dispatched p50, ms | p99 | max | due to sent p50, ms | p99 | CPU of the thread | of the process |',
)
console.log('|---|---|---|---|---|---|---|---|')
for (const [name, done] of turns) show(name, done)

async function send(strategy: string, seed: number): Promise<DispatchResult> {
  const setup: DispatchSetup = { port, strategy, dueNs: poisson(seed), warmupNs: WARMUP_NS }
  const worker = new Worker(new URL('dispatch/dispatch-thread.ts', import.meta.url), { workerData: setup })
  const [result] = (await once(worker, 'message')) as [DispatchResult]
  await worker.terminate()
  if (result.failed > 0) throw new Error(`${result.failed} requests failed`)
  return result
}

function poisson(seed: number): Float64Array {
  const random = createRandomStream(seed)
  const dueNs: number[] = []
  for (let atSec = 0; ; ) {
    atSec -= Math.log1p(-random.uniform()) / perSec
    if (atSec >= seconds + WARMUP_NS / 1e9) return Float64Array.from(dueNs)
    dueNs.push(Math.round(atSec * 1e9))
  }
}

function show(name: string, done: readonly DispatchResult[]): void {
  const median = (samples: readonly number[]): number =>
    quantilesOf(Float64Array.from(samples), [0.5]).quantiles[0]!
  const ms = (ns: number): string => (ns / 1e6).toFixed(3)
  const typical = (samples: readonly Float64Array[], p: number): string =>
    ms(median(samples.map((each) => quantilesOf(each, [p]).quantiles[0]!)))
  const percent = (fractions: readonly number[]): string => `${(100 * median(fractions)).toFixed(1)} %`
  const dispatched = done.map(({ dispatchLagNs }) => dispatchLagNs)
  const sent = done.map(({ sentLagNs }) => sentLagNs)
  const cells = [
    typical(dispatched, 0.5),
    typical(dispatched, 0.99),
    ms(Math.max(...dispatched.map((each) => quantilesOf(each, [1]).quantiles[0]!))),
    typical(sent, 0.5),
    typical(sent, 0.99),
    percent(done.map(({ threadCpuFraction }) => threadCpuFraction)),
    percent(done.map(({ processCpuFraction }) => processCpuFraction)),
  ]
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}
