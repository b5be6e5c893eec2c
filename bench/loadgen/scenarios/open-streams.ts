import { availableParallelism, loadavg } from 'node:os'
import type { ClientRun, ClientSetup } from '../client-run.ts'
import { pacingOf } from '../client-run.ts'
import { openFilesLimit } from '../open-files-limit.ts'
import { runClient } from '../run-client.ts'
import type { Scenario } from '../scenario.ts'
import { delayMs } from '../spread.ts'

/** Files that a process has open beside its connections. */
const OTHER_FILES = 100
const PER_SEC = 0.5
const STREAMS_STARTED_PER_SEC = 1000

/** Very many streams at once, each of them slow. */
export const OPEN_STREAMS: Scenario = {
  kind: 'open',
  title: 'Streams open at once',
  async run({ port, open }) {
    const limit = openFilesLimit()
    if (limit !== null && limit < open + OTHER_FILES) {
      console.log(
        `Left out: ${open} streams need that many files open, and a process may open ${limit} (ulimit -Hn).`,
      )
      console.log('Raise the limit, or hold fewer: --open 1000')
      return
    }
    const rampNs = (open / STREAMS_STARTED_PER_SEC) * 1e9
    const fromNs = rampNs + 2e9
    const setup: ClientSetup = {
      port,
      streams: open,
      perSec: PER_SEC,
      rampNs,
      window: { fromNs, toNs: fromNs + 10e9 },
      sampleEvery: 1,
      workers: 1,
    }
    const expected = pacingOf(setup).events * open
    console.log(
      `${open} streams x ${PER_SEC}/s, ${STREAMS_STARTED_PER_SEC} of them started each second; memory: growth since before the first, over ${open}\n`,
    )
    console.log(
      '| Client | streams complete | chunks lost | memory a stream, KiB | delay p50, ms | p99, ms | CPU, share of a core |',
    )
    console.log('| --- | --- | --- | --- | --- | --- | --- |')
    const show = (title: string, run: ClientRun): void => {
      const kib = (run.rssInside - run.rssBefore) / open / 1024
      const cpu = run.processCpuUs / (run.windowNs / 1e3)
      console.log(
        `| ${title} | ${run.complete} | ${title.startsWith('bare') ? '–' : expected - run.allChunks} | ${kib.toFixed(1)} | ` +
          `${delayMs([run.delaysNs], 0.5)} | ${delayMs([run.delaysNs], 0.99)} | ${cpu.toFixed(2)} |`,
      )
    }
    show('bare sockets, `data` events', await runClient('bare', setup))
    for (let workers = 1; workers <= Math.min(2, availableParallelism()); workers++)
      show(
        `Metron, ${workers} stamping thread${workers > 1 ? 's' : ''}`,
        await runClient('metron', { ...setup, workers }),
      )
    console.log(`load average after: ${loadavg()[0]!.toFixed(1)}`)
  },
}
