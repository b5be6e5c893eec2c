/**
 * How long metrics take: timelines in memory to a whole summary. Prints seconds, tokens per second and peak memory.
 * `node bench/metrics.ts [requests] [chunks]`; the target is 20,000 requests of 500 chunks in less than a second.
 */
import { deadlineCurve } from '../src/metrics/deadline-curve.ts'
import { measureRequests } from '../src/metrics/measure-requests.ts'
import { summarize } from '../src/metrics/summarize.ts'
import { makeRecord } from './pipeline/make-record.ts'
import { SUMMARY_OPTIONS } from './pipeline/summary-options.ts'

const requests = Number(process.argv[2] ?? 20_000)
const chunks = Number(process.argv[3] ?? 500)

const records = Array.from({ length: requests }, (_, id) => ({ ...makeRecord(id, chunks), text: null }))
const memory = () => Math.round(process.resourceUsage().maxRSS / 1024)
const timelinesMib = memory()

for (let round = 0; round < 3; round++) {
  const started = performance.now()
  const cpuBefore = process.cpuUsage()
  const summary = summarize(records, SUMMARY_OPTIONS)
  const seconds = (performance.now() - started) / 1e3
  const cpu = process.cpuUsage(cpuBefore)
  console.log(
    `summarize: ${seconds.toFixed(2)} s (CPU ${((cpu.user + cpu.system) / 1e6).toFixed(2)} s) for ${requests} requests, ${summary.counts.outputTokens} tokens ` +
      `(${(summary.counts.outputTokens / seconds / 1e6).toFixed(1)} M tokens/s)`,
  )
}
const started = performance.now()
const { requests: measured } = measureRequests(records, SUMMARY_OPTIONS)
const between = performance.now()
deadlineCurve(measured, 'miss')
const ended = performance.now()
console.log(
  `  of which measuring ${((between - started) / 1e3).toFixed(2)} s, deadline curve ${((ended - between) / 1e3).toFixed(2)} s`,
)
console.log(`peak memory: ${memory()} MiB, of which ${timelinesMib} MiB were the timelines`)
