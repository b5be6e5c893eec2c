import { loadavg } from 'node:os'
import type { ClientRun, ClientSetup } from '../client-run.ts'
import { CLIENTS } from '../clients.ts'
import { runClient } from '../run-client.ts'
import type { Scenario } from '../scenario.ts'
import { delayMs, spread } from '../spread.ts'

/** The same streams read by every client, taking turns. */
export const COMPARE_CLIENTS: Scenario = {
  kind: 'clients',
  title: 'CPU a chunk, beside other clients',
  async run({ port, streams, perSec, seconds, repeats, hasPeers }) {
    const clients = CLIENTS.filter(({ isPeer }) => hasPeers || isPeer !== true)
    const fromNs = 2e9
    const setup: ClientSetup = {
      port,
      streams,
      perSec,
      rampNs: 1e9,
      window: { fromNs, toNs: fromNs + seconds * 1e9 },
      sampleEvery: Math.ceil(streams / 50),
      workers: 1,
    }
    console.log(`${streams} streams x ${perSec}/s, ${repeats} repeats of ${seconds} s; median (range)\n`)
    const runs = new Map<string, ClientRun[]>(clients.map(({ kind }) => [kind, []]))
    for (let repeat = 0; repeat < repeats; repeat++)
      for (const { kind } of clients) runs.get(kind)!.push(await runClient(kind, setup))

    const reader = (kind: string) => runs.get(kind)!.map(readerUs)
    const whole = (kind: string) => runs.get(kind)!.map(wholeUs)
    const over = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value / b[i]!)
    console.log(
      '| Client | reading thread, µs a chunk | whole process, µs a chunk | of bare | chunks a read | delay p50, ms | p99, ms | chunks/s |',
    )
    console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
    for (const { kind, title } of clients) {
      const rows = runs.get(kind)!
      const delays = rows.map(({ delaysNs }) => delaysNs)
      const lost = rows.some(({ complete }) => complete !== streams) ? ' (streams lost)' : ''
      const perRead = rows.filter(({ reads }) => reads > 0).map(({ chunks, reads }) => chunks / reads)
      const rate = rows.map(({ chunks, windowNs }) => (chunks / windowNs) * 1e9)
      console.log(
        `| ${title}${lost} | ${spread(reader(kind))} | ${spread(whole(kind))} | ${spread(over(reader(kind), reader('bare')))} | ` +
          `${spread(perRead)} | ${delayMs(delays, 0.5)} | ${delayMs(delays, 0.99)} | ${spread(rate, 0)} |`,
      )
    }
    const pairs: [string, string, string, Of][] = [
      ["Metron's stamping thread over bare sockets", 'metron', 'bare', readerUs],
      ...(hasPeers
        ? ([
            ['`openai` SDK over Metron, whole processes', 'openai', 'metron', wholeUs],
            ["`openai` SDK over Metron's stamping thread", 'openai', 'metron', readerUs],
          ] satisfies [string, string, string, Of][])
        : []),
    ]
    console.log('\n| Ratio of a repeat | all repeats | repeats in which both kept up |')
    console.log('| --- | --- | --- |')
    for (const [title, above, below, of] of pairs) {
      const both = runs.get(above)!.map((run, i) => [run, runs.get(below)![i]!] as const)
      const ratios = (of_: typeof both) => of_.map(([a, b]) => of(a) / of(b))
      const kept = both.filter(([a, b]) => keptUp(a) && keptUp(b))
      console.log(
        `| ${title} | ${spread(ratios(both))} | ${spread(ratios(kept))}, ${kept.length} of ${repeats} |`,
      )
    }
    console.log(`load average after: ${loadavg()[0]!.toFixed(1)}`)
  },
}

type Of = (run: ClientRun) => number
const readerUs: Of = ({ readerCpuUs, chunks }) => readerCpuUs / chunks
const wholeUs: Of = ({ processCpuUs, chunks }) => processCpuUs / chunks

/** A client that falls behind gets several chunks in one read, which makes each cheaper: it must not look better for that. */
function keptUp({ chunks, reads, delaysNs }: ClientRun): boolean {
  return reads > 0 ? chunks / reads < 1.1 : delaysNs[delaysNs.length >> 1]! < 1e6
}
