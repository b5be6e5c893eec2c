import { runClient } from '../run-client.ts'
import type { Scenario } from '../scenario.ts'
import { spread } from '../spread.ts'
import { CHUNKS, type Stage, stagesNs } from '../stages/stages-alone.ts'

/** Where each stage of a chunk's way runs, and what it takes alone: many times over, hot, one chunk a read. */
export const STAGES: Scenario = {
  kind: 'stages',
  title: "Stages of a chunk's way",
  async run({ port, streams, perSec, seconds, repeats }) {
    const fromNs = 2e9
    const window = { fromNs, toNs: fromNs + seconds * 1e9 }
    const setup = { port, streams, perSec, rampNs: 1e9, window, sampleEvery: streams, workers: 1 }
    const reads: number[] = []
    const https: number[] = []
    const stages: Record<Stage, number[]> = {
      stamp: [],
      store: [],
      handOver: [],
      frame: [],
      parse: [],
      record: [],
      journal: [],
    }
    for (let repeat = 0; repeat < repeats; repeat++) {
      const bare = await runClient('bare-direct', setup)
      const metron = await runClient('metron', setup)
      const alone = await stagesNs()
      for (const stage of Object.keys(stages) as Stage[]) stages[stage].push(alone[stage])
      const readNs = (bare.readerCpuUs / bare.chunks) * 1e3
      reads.push(readNs - alone.stamp)
      https.push((metron.readerCpuUs / metron.chunks) * 1e3 - readNs - alone.store - alone.handOver)
    }
    console.log(`${repeats} repeats; median (range); the live ones at ${streams} streams x ${perSec}/s\n`)
    console.log('| Stage | Thread | ns a chunk |')
    console.log('| --- | --- | --- |')
    const rows: [string, string, number[]][] = [
      ['read: kernel and runtime (live, bare sockets of one buffer)', 'stamping', reads],
      ['stamp', 'stamping', stages.stamp],
      ['HTTP: undici (live, what is left of the thread)', 'stamping', https],
      ['store: copy into a segment', 'stamping', stages.store],
      ['hand over a segment, and its receipt', 'stamping, main', stages.handOver],
      ['frame: UTF-8 and server-sent events', 'main', stages.frame],
      ['parse: JSON and its meaning', 'main', stages.parse],
      ['record: columns, text, outcome', 'main', stages.record],
      [`journal: line and write, ${CHUNKS} chunks a request`, 'main', stages.journal],
    ]
    for (const [stage, thread, samples] of rows)
      console.log(`| ${stage} | ${thread} | ${spread(samples, 0)} |`)
  },
}
