/**
 * How long metrics take: timelines in memory to a whole summary. Prints seconds, tokens per second and peak memory.
 * `node bench/metrics.ts [requests] [tokens]`; the target is 20,000 requests of 500 tokens in less than a second.
 */
import { deadlineCurve } from '../src/metrics/deadline-curve.ts'
import { measureRequests } from '../src/metrics/measure-requests.ts'
import { type SummaryOptions, summarize } from '../src/metrics/summarize.ts'
import type { RequestRecord } from '../src/records/request-record.ts'

const requests = Number(process.argv[2] ?? 20_000)
const tokens = Number(process.argv[3] ?? 500)

const options: SummaryOptions = {
  origin: 'due',
  ttftDeadlineNs: () => 300e6,
  ttftDeadlineText: '300 ms',
  tbtDeadlineNs: 25e6,
  ignoreFirst: false,
  minFluidity: 0.9,
  requestFraction: 0.99,
  failedRequests: 'miss',
  measureFromNs: 0,
}

const records = Array.from({ length: requests }, (_, id) => timeline(id))
const memory = () => Math.round(process.resourceUsage().maxRSS / 1024)
const timelinesMib = memory()

for (let round = 0; round < 3; round++) {
  const started = performance.now()
  const cpuBefore = process.cpuUsage()
  const summary = summarize(records, options)
  const seconds = (performance.now() - started) / 1e3
  const cpu = process.cpuUsage(cpuBefore)
  console.log(
    `summarize: ${seconds.toFixed(2)} s (CPU ${((cpu.user + cpu.system) / 1e6).toFixed(2)} s) for ${requests} requests, ${summary.counts.outputTokens} tokens ` +
      `(${(summary.counts.outputTokens / seconds / 1e6).toFixed(1)} M tokens/s)`,
  )
}
const started = performance.now()
const { requests: measured } = measureRequests(records, options)
const between = performance.now()
deadlineCurve(measured, 'miss')
const ended = performance.now()
console.log(
  `  of which measuring ${((between - started) / 1e3).toFixed(2)} s, deadline curve ${((ended - between) / 1e3).toFixed(2)} s`,
)
console.log(`peak memory: ${memory()} MiB, of which ${timelinesMib} MiB were the timelines`)

/** One answer of 20 ms a token with jitter, and a stall in every tenth. */
function timeline(id: number): RequestRecord {
  let state = id + 1
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const dueNs = id * 1e6
  const ns = new Float64Array(tokens)
  let nowNs = dueNs + 2e8 * random() + 5e7
  for (let i = 0; i < tokens; i++) {
    ns[i] = Math.round(nowNs)
    nowNs += 1e7 - 1.5e7 * Math.log(1 - random()) * (0.5 + (id % 7) / 10)
    if (i === 100 && id % 10 === 0) nowNs += 2e9 * random()
  }
  const endNs = ns[tokens - 1]! + 1e6
  return {
    id,
    worker: 0,
    moments: { dueNs, dispatchedNs: dueNs + 1e5, sentNs: dueNs + 2e5, headersNs: dueNs + 5e6, endNs },
    outcome: { kind: 'ok' },
    attempts: 1,
    connectNs: null,
    prompt: { wantedTokens: 500, serverTokens: 500, cachedTokens: null },
    output: { wantedTokens: tokens, serverTokens: tokens, finishReason: 'length' },
    chunks: {
      ns,
      channels: 'a'.repeat(tokens),
      chars: new Int32Array(tokens).fill(4),
      tokens: new Int32Array(tokens).fill(1),
    },
    tokenSource: 'token-ids',
    text: null,
  }
}
