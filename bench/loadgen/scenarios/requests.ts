import type { RequestsRun } from '../requests-run.ts'
import { runRequests } from '../run-client.ts'
import type { Scenario } from '../scenario.ts'
import { spread } from '../spread.ts'

const CONNECTIONS = 50

/** Requests with the smallest streamed answer, one after the other on each connection. */
export const PLAIN_REQUESTS: Scenario = {
  kind: 'requests',
  title: 'Requests with tiny answers',
  async run({ port, seconds, repeats, hasPeers }) {
    const kinds = hasPeers ? (['metron', 'autocannon'] as const) : (['metron'] as const)
    const runs = new Map<string, RequestsRun[]>(kinds.map((kind) => [kind, []]))
    for (let repeat = 0; repeat < repeats; repeat++)
      for (const kind of kinds)
        runs.get(kind)!.push(await runRequests(kind, { port, connections: CONNECTIONS, seconds }))
    console.log(`${CONNECTIONS} connections, ${repeats} repeats of ${seconds} s; median (range)\n`)
    console.log('| Client | requests/s | client CPU, µs a request | p50, ms | p99, ms | failed |')
    console.log('| --- | --- | --- | --- | --- | --- |')
    for (const [kind, rows] of runs)
      console.log(
        `| ${kind} | ${spread(
          rows.map((run) => run.requests / run.seconds),
          0,
        )} | ${spread(
          rows.map((run) => run.cpuUs / run.requests),
          0,
        )} | ` +
          `${spread(
            rows.map(({ p50Ms }) => p50Ms),
            1,
          )} | ${spread(
            rows.map(({ p99Ms }) => p99Ms),
            1,
          )} | ${rows.reduce((sum, { failed }) => sum + failed, 0)} |`,
      )
  },
}
