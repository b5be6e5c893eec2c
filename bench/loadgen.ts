/**
 * Load generation and scale on one machine, against the reference server of `metron calibrate` in a process of its own;
 * every client runs in a process of its own too, and they take turns.
 *
 * - `clients`: CPU a chunk and delay of bare sockets, Metron, node's `fetch` and the `openai` SDK.
 * - `stages`: where the time of a chunk goes, and on which thread.
 * - `workers`: one, two, ... stamping threads, each with the same load.
 * - `open`: very many slow streams at once: memory of each, none lost.
 * - `requests`: tiny answers, beside autocannon.
 *
 * The packages to compare with are installed beside the scripts on first use. Run: `node bench/loadgen.ts [scenario ...]
 * [--streams 200] [--rate 50] [--seconds 4] [--repeats 3] [--open 10000]`; all of it takes some five minutes.
 */
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openPacingProcess } from '../src/calibration/open-pacing-process.ts'
import { installPeers } from './loadgen/install-peers.ts'
import { SCENARIOS } from './loadgen/scenarios.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    streams: { type: 'string', default: '200' },
    rate: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '4' },
    repeats: { type: 'string', default: '3' },
    open: { type: 'string', default: '10000' },
  },
})
const unknown = positionals.find((name) => SCENARIOS.every(({ kind }) => kind !== name))
if (unknown !== undefined) {
  console.error(`no scenario ${unknown}: choose from ${SCENARIOS.map(({ kind }) => kind).join(', ')}`)
  process.exit(2)
}
const wanted = SCENARIOS.filter(({ kind }) => positionals.length === 0 || positionals.includes(kind))
const hasPeers = installPeers()

console.log(
  `${cpus().length} x ${cpus()[0]?.model.trim()}, node ${process.version}, ${new Date().toISOString()}, load average ${loadavg()[0]!.toFixed(1)}`,
)
for (const { title, run } of wanted) {
  console.log(`\n## ${title}\n`)
  const server = await openPacingProcess()
  await run({
    port: server.port,
    streams: Number(values.streams),
    perSec: Number(values.rate),
    seconds: Number(values.seconds),
    repeats: Number(values.repeats),
    open: Number(values.open),
    hasPeers,
  })
  await server.close()
}
