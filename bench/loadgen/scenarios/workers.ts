import { availableParallelism } from 'node:os'
import type { ClientRun, ClientSetup } from '../client-run.ts'
import { runClient } from '../run-client.ts'
import type { Scenario } from '../scenario.ts'
import { delayMs, spread } from '../spread.ts'

/**
 * Whether threads add up: the load grows with them. CPU a chunk that stays the same means that nothing is shared between
 * them; that they also run at the same time takes as many free cores, beside those of the server and the main thread.
 */
export const WORKERS: Scenario = {
  kind: 'workers',
  title: 'Stamping threads',
  async run({ port, streams, perSec, seconds, repeats }) {
    const counts = availableParallelism() > 2 ? [1, 2, 4] : [1, 2]
    const runs = new Map<number, ClientRun[]>(counts.map((workers) => [workers, []]))
    for (let repeat = 0; repeat < repeats; repeat++)
      for (const workers of counts) {
        const fromNs = 2e9
        const setup: ClientSetup = {
          port,
          streams: streams * workers,
          perSec,
          rampNs: 1e9,
          window: { fromNs, toNs: fromNs + seconds * 1e9 },
          sampleEvery: Math.ceil((streams * workers) / 50),
          workers,
        }
        runs.get(workers)!.push(await runClient('metron', setup))
      }
    console.log(`${streams} streams x ${perSec}/s for each thread, ${repeats} repeats; median (range)\n`)
    console.log(
      '| Threads | chunks/s | stamping, µs a chunk | chunks/s that a core for each thread would stamp | whole process, µs a chunk | delay p50, ms | p99, ms |',
    )
    console.log('| --- | --- | --- | --- | --- | --- | --- |')
    for (const [workers, rows] of runs) {
      const delays = rows.map(({ delaysNs }) => delaysNs)
      console.log(
        `| ${workers} | ${spread(
          rows.map(({ chunks, windowNs }) => (chunks / windowNs) * 1e9),
          0,
        )} | ` +
          `${spread(rows.map(({ readerCpuUs, chunks }) => readerCpuUs / chunks))} | ` +
          `${spread(
            rows.map(({ readerCpuUs, chunks }) => (chunks / readerCpuUs) * 1e6 * workers),
            0,
          )} | ` +
          `${spread(rows.map(({ processCpuUs, chunks }) => processCpuUs / chunks))} | ${delayMs(delays, 0.5)} | ${delayMs(delays, 0.99)} |`,
      )
    }
  },
}
