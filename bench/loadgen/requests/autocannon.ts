import { type RequestsRun, type RequestsSetup, TINY_ANSWER } from '../requests-run.ts'

/** As much of the package as is used here; it need not be there when types are checked. */
type Autocannon = (options: object) => Promise<{
  readonly '2xx': number
  readonly non2xx: number
  readonly errors: number
  readonly duration: number
  readonly latency: { readonly p50: number; readonly p99: number }
}>
const PACKAGE: string = 'autocannon'

/** autocannon on one thread; answers are counted, not read. */
export async function requestsOfAutocannon({
  port,
  connections,
  seconds,
}: RequestsSetup): Promise<RequestsRun> {
  const { default: autocannon } = (await import(PACKAGE)) as { default: Autocannon }
  const before = process.cpuUsage()
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'paced',
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
      pacing: TINY_ANSWER,
    }),
    connections,
    duration: seconds,
  })
  const { user, system } = process.cpuUsage(before)
  return {
    requests: result['2xx'],
    failed: result.non2xx + result.errors,
    seconds: result.duration,
    cpuUs: user + system,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
  }
}
