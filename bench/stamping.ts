/**
 * What stamping costs: client CPU an event at 1,000 streams of 50 events a second, beside a bare `node:net` reader of the
 * same streams in the same run. The two take turns; both read from a paced server in a process of its own. CPU is
 * that of the reading thread alone, over a window in which all streams run; for Metron also that of the whole process,
 * with decoding on the main thread. Run: `node bench/stamping.ts [--streams 1000] [--rate 50] [--seconds 7]
 * [--repeats 4]`. Target: at most 1.5 times the bare reader.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { quantilesOf } from '../src/numerics/quantiles-of.ts'
import { EVENT_BYTES } from './stamping/paced-event.ts'
import { runBare } from './stamping/run-bare.ts'
import { runMetron } from './stamping/run-metron.ts'
import type { BareRun, MetronRun, StampingSetup } from './stamping/stamping-run.ts'

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '7' },
    repeats: { type: 'string', default: '4' },
  },
})
const [streams, perSec, seconds, repeats] = [values.streams, values.rate, values.seconds, values.repeats].map(
  Number,
) as [number, number, number, number]

/** Streams start one after the other within this time; then they run for a while before the window opens. */
const RAMP_NS = 1e9
const SETTLE_NS = 1e9

const server = fork(new URL('stamping/paced-server.ts', import.meta.url), [
  `${streams}`,
  `${perSec}`,
  `${seconds * perSec}`,
])
const [port] = (await once(server, 'message')) as [number]
const setup: StampingSetup = {
  port,
  startNs: Array.from({ length: streams }, (_, stream) => Math.round((stream / streams) * RAMP_NS)),
  window: { fromNs: RAMP_NS + SETTLE_NS, toNs: seconds * 1e9 },
  sampleEvery: 100,
}

console.log(`${streams} streams x ${perSec} events/s of ${EVENT_BYTES} bytes, node ${process.version}`)
const rows: { bare: BareRun; metron: MetronRun }[] = []
for (let repeat = 0; repeat < repeats; repeat++) {
  const row = { bare: await runBare(setup), metron: await runMetron(setup) }
  rows.push(row)
  show(`repeat ${repeat + 1}: bare  `, row.bare)
  show(`          metron`, row.metron)
}
server.disconnect()

/** An overrun reader finds several events in one read, each the cheaper: such repeats compare unlike work. */
const MOST_EVENTS_A_READ = 1.1
const alike = rows.filter(({ bare, metron }) =>
  [bare, metron].every((run) => run.events / run.reads <= MOST_EVENTS_A_READ),
)
const counted = alike.length > 0 ? alike : rows
console.log(
  alike.length > 0
    ? `${alike.length} of ${repeats} repeats in which both readers kept up with the server:`
    : 'In no repeat did both readers keep up: the machine is too busy for so many streams. All repeats:',
)
const bareUs = counted.map(({ bare }) => threadUs(bare))
const metronUs = counted.map(({ metron }) => threadUs(metron))
const events = streams * seconds * perSec
console.log('CPU an event, us: median (range)')
console.log(`  bare reader            ${spread(bareUs)}`)
console.log(`  stamping thread        ${spread(metronUs)}`)
console.log(
  `  ratio                  ${spread(metronUs.map((us, i) => us / bareUs[i]!))}, target: at most 1.5`,
)
console.log(`  main thread, decoding  ${spread(counted.map(({ metron }) => metron.mainCpuUs / events))}`)
console.log(`  whole process          ${spread(counted.map(({ metron }) => metron.processCpuUs / events))}`)

function threadUs({ cpuUs, events }: BareRun): number {
  return cpuUs / events
}

function show(name: string, run: BareRun): void {
  const delays = quantilesOf(Float64Array.from(run.delaysNs), [0.5, 0.99]).quantiles
  const [p50, p99] = delays.map((ns) => `${((ns ?? Number.NaN) / 1e6).toFixed(2)} ms`)
  console.log(
    `${name} ${threadUs(run).toFixed(2)} us an event, ${(run.events / run.reads).toFixed(2)} events a read, ` +
      `stamped p50 ${p50}, p99 ${p99} after writing`,
  )
}

/** Median and range. */
function spread(samples: readonly number[]): string {
  const [low, median, high] = quantilesOf(Float64Array.from(samples), [0, 0.5, 1]).quantiles
  return `${median!.toFixed(2)} (${low!.toFixed(2)} to ${high!.toFixed(2)})`
}
