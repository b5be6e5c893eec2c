/**
 * Ways of waiting for a moment, on one thread with Poisson moments: how late, at what CPU, and how much later the same
 * thread stamps the chunks of 50 streams that it reads beside. The ways take turns, and the turns repeat; figures are
 * medians of the turns, but the worst moment of all. Run: `node bench/scheduling.ts [--rates 0,1000] [--seconds 0.8] [--repeats 2]
 * [--streams 50] [--only text]`; on a busy machine `chrt -f 1 node bench/scheduling.ts` as root, which stands in for
 * quiet cores: real-time threads do not wait for others. Target: p99 under 1 ms at 1,000 moments/s, no CPU at rate 0.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { createRandomStream } from '../src/numerics/create-random-stream.ts'
import { quantilesOf } from '../src/numerics/quantiles-of.ts'
import { STRATEGIES } from './scheduling/strategies.ts'
import type { WaitingResult, WaitingSetup } from './scheduling/waiting-thread.ts'

const { values } = parseArgs({
  options: {
    rates: { type: 'string', default: '0,1000' },
    seconds: { type: 'string', default: '0.8' },
    repeats: { type: 'string', default: '2' },
    streams: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
  },
})
const [seconds, repeats, streams] = [values.seconds, values.repeats, values.streams].map(Number) as [
  number,
  number,
  number,
]
const names = Object.keys(STRATEGIES).filter((name) => name.includes(values.only))
/** Of each stream, a second. */
const CHUNKS_PER_SEC = 20

interface Turn {
  readonly alone: WaitingResult
  readonly reading: WaitingResult
}

console.log(`node ${process.version}, ${streams} streams of ${CHUNKS_PER_SEC} chunks/s`)
for (const perSec of values.rates.split(',').map(Number)) {
  const turns = new Map<string, Turn[]>(names.map((name) => [name, []]))
  for (let repeat = 0; repeat < repeats; repeat++) {
    const dueNs = poisson(perSec, repeat)
    for (const [name, done] of turns)
      done.push({ alone: await wait(name, dueNs, null), reading: await waitReading(name, dueNs) })
  }
  console.log(`\n${perSec} moments/s, load ${loadavg()[0]!.toFixed(1)}\n`)
  console.log('| | late p50, ms | p99 | max | CPU of the thread | of the process | stamp p50, ms | p99 |')
  console.log('|---|---|---|---|---|---|---|---|')
  for (const [name, done] of turns) show(name, done)
}

async function waitReading(name: string, dueNs: Float64Array): Promise<WaitingResult> {
  const server = fork(
    new URL('stamping/paced-server.ts', import.meta.url),
    [streams, CHUNKS_PER_SEC, 1e9].map(String),
  )
  const [port] = (await once(server, 'message')) as [number]
  const result = await wait(name, dueNs, port)
  server.disconnect()
  await once(server, 'exit')
  return result
}

async function wait(strategy: string, dueNs: Float64Array, port: number | null): Promise<WaitingResult> {
  const setup: WaitingSetup = {
    strategy,
    dueNs,
    windowNs: seconds * 1e9,
    streams: port === null ? null : { port, count: streams },
  }
  const worker = new Worker(new URL('scheduling/waiting-thread.ts', import.meta.url), { workerData: setup })
  const [result] = (await once(worker, 'message')) as [WaitingResult]
  await worker.terminate()
  return result
}

function poisson(perSec: number, seed: number): Float64Array {
  const random = createRandomStream(seed)
  const dueNs: number[] = []
  for (let atSec = 0; perSec > 0; ) {
    atSec -= Math.log1p(-random.uniform()) / perSec
    if (atSec >= seconds) break
    dueNs.push(Math.round(atSec * 1e9))
  }
  return Float64Array.from(dueNs)
}

function show(name: string, turns: readonly Turn[]): void {
  const ms = (ns: number | null): string => (ns === null ? '-' : (ns / 1e6).toFixed(3))
  const median = (samples: readonly number[]): number | null =>
    quantilesOf(Float64Array.from(samples), [0.5]).quantiles[0]!
  const typical = (samples: readonly Float64Array[], p: number): string =>
    ms(median(samples.flatMap((each) => quantilesOf(each, [p]).quantiles.filter((ns) => ns !== null))))
  const percent = (fractions: readonly number[]): string => `${(100 * median(fractions)!).toFixed(1)} %`
  const late = turns.map(({ alone }) => alone.lateNs)
  const stamp = turns.map(({ reading }) => reading.stampErrorNs)
  const cells = [
    typical(late, 0.5),
    typical(late, 0.99),
    ms(quantilesOf(Float64Array.from(late.flatMap((each) => [...each])), [1]).quantiles[0]!),
    percent(turns.map(({ alone }) => alone.threadCpuFraction)),
    percent(turns.map(({ alone }) => alone.processCpuFraction)),
    typical(stamp, 0.5),
    typical(stamp, 0.99),
  ]
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}
