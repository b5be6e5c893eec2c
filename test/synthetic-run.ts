import { measureRequests } from '../src/metrics/measure-requests.ts'
import type { MetricOptions } from '../src/metrics/run-summary.ts'
import { summarizeMeasured } from '../src/metrics/summarize.ts'
import type { InstrumentHealth, Manifest } from '../src/records/manifest.ts'
import type { RequestRecord } from '../src/records/request-record.ts'
import type { RunViewInput } from '../src/report/view/build-run-view.ts'
import { evaluateObjective } from '../src/slo/evaluate-objective.ts'
import { parseObjective } from '../src/slo/parse-objective.ts'

const MS = 1e6

/** What a made-up run is like; everything follows from the seed. */
export interface SyntheticRun {
  readonly requests: number
  readonly seed?: number
  /** Share of requests that fail. */
  readonly failFraction?: number
  /** Chance of a stall before each token. */
  readonly stallChance?: number
  /** Stands wherever server, file or user can put text. */
  readonly text?: string
  readonly health?: Partial<InstrumentHealth> | null
  readonly manifest?: Partial<Manifest>
}

export const SYNTHETIC_OPTIONS: MetricOptions = {
  origin: 'due',
  ttftDeadlineNs: (promptTokens) => (200 + promptTokens * 0.25) * MS,
  tbtDeadlineNs: 25 * MS,
  ignoreFirst: false,
  minFluidity: 0.9,
  requestFraction: 0.99,
  failedRequests: 'miss',
  measureFromNs: 4000 * MS,
}

/** The input of a view over made-up records: Poisson arrivals, prefill that grows with the prompt, decode with stalls. */
export function makeSyntheticRun(run: SyntheticRun): RunViewInput {
  const random = seededUniform(run.seed ?? 7)
  const records: RequestRecord[] = []
  let dueNs = 0
  for (let id = 0; id < run.requests; id++) {
    dueNs = Math.round(dueNs - Math.log(1 - random()) * 250 * MS)
    records.push(makeRecord(id, dueNs, run, random))
  }
  // A tiny run has no warm-up, or nothing would be left.
  const options = run.requests < 20 ? { ...SYNTHETIC_OPTIONS, measureFromNs: 0 } : SYNTHETIC_OPTIONS
  const measured = measureRequests(records, options)
  const summary = summarizeMeasured(measured, {
    ...options,
    ttftDeadlineText: '200 ms + 0.25 ms per prompt token',
  })
  const verdicts = ['ttft<=600ms@p90', 'fluidity>=0.9@99%', 'errors<=1%']
    .map(parseObjective)
    .map((objective) => evaluateObjective(objective, measured, options))
  return { manifest: makeManifest(run), records, summary, verdicts, options }
}

function makeRecord(id: number, dueNs: number, run: SyntheticRun, random: () => number): RequestRecord {
  const promptTokens = Math.round(40 + 1900 * random() ** 2)
  const wantedTokens = Math.round(60 + 240 * random())
  const failed = random() < (run.failFraction ?? 0)
  const dispatchedNs = dueNs + Math.round(60e3 + random() * 200e3)
  const headersNs = dispatchedNs + Math.round((60 + 0.12 * promptTokens + 260 * random() ** 6) * MS)
  const ns: number[] = []
  const stallChance = (run.stallChance ?? 0.004) * (random() < 0.2 ? 4 : 0.3)
  let at = headersNs + Math.round(4 * MS)
  const count = failed ? Math.floor(random() * 20) : wantedTokens
  for (let k = 0; k < count; k++) {
    ns.push(at)
    at += Math.round((13 + 6 * random()) * MS + (random() < stallChance ? 120 + 900 * random() ** 2 : 0) * MS)
  }
  return {
    id,
    worker: id % 2,
    moments: {
      dueNs,
      dispatchedNs,
      sentNs: dispatchedNs + 40e3,
      headersNs,
      endNs: (ns.at(-1) ?? headersNs) + 300e3,
    },
    outcome: failed
      ? {
          kind: 'failed',
          reason: random() < 0.7 ? 'connection-reset' : 'http-status',
          detail: run.text ?? 'other side closed',
          status: null,
        }
      : { kind: 'ok' },
    attempts: 1,
    connectNs: id % 5 === 0 ? Math.round(0.4 * MS) : null,
    prompt: { wantedTokens: promptTokens, serverTokens: promptTokens, cachedTokens: null },
    output: { wantedTokens, serverTokens: count, finishReason: failed ? null : 'length' },
    chunks: { ns, channels: 'a'.repeat(count), chars: ns.map(() => 4), tokens: ns.map(() => 1) },
    tokenSource: 'usage',
    text: run.text ?? null,
  }
}

function makeManifest(run: SyntheticRun): Manifest {
  const text = run.text
  return {
    schemaVersion: 1,
    recordSchemaVersion: 1,
    name: text ?? 'chat-poisson-4rps',
    status: 'complete',
    startedAt: '2026-03-14T09:26:53.589Z',
    endedAt: '2026-03-14T09:28:11.000Z',
    clockZeroNs: '123456789',
    seed: 42,
    planDigest: '9f2c1a7be04d55c1',
    plannedRequests: run.requests,
    users: null,
    warmupRequests: 0,
    measureFromNs: SYNTHETIC_OPTIONS.measureFromNs,
    versions: { metron: '0.1.0', node: 'v24.21.0' },
    machine: {
      os: text ?? 'Linux 6.1 x64',
      cpu: text ?? 'Example CPU 3.1 GHz',
      cores: 8,
      memoryBytes: 34359738368,
    },
    target: {
      url: text ?? 'http://gpu-7.example:8000/v1',
      protocol: 'openai-chat',
      model: text ?? 'example/Model-8B-Instruct',
      accepts: [text ?? 'ignore_eos', 'min_tokens'],
    },
    tokenizer: text ?? 'o200k_base',
    config: { load: { arrivals: 'poisson', rate: '4/s' }, duration: '75s', note: text ?? 'none' },
    command: `metron bench http://gpu-7.example:8000/v1 --rate 4/s --duration 75s ${text ?? ''}`.trim(),
    health: run.health === null ? null : makeHealth(run),
    ...run.manifest,
  }
}

function makeHealth(run: SyntheticRun): InstrumentHealth {
  return {
    verdict: 'valid',
    reasons: run.text === undefined ? [] : [run.text],
    lag: { p50Ns: 130e3, p99Ns: 258e3, maxNs: 1.9e6 },
    workers: [0, 1].map((worker) => ({
      worker,
      loopDelayP99Ns: 0.8e6,
      loopDelayMaxNs: 4.1e6,
      loopUtilizationFraction: 0.043,
      gcCount: 2,
      gcTotalNs: 3e6,
      gcMaxNs: 2e6,
    })),
    cpuStealFraction: null,
    arrivals: null,
    calibration: null,
    offeredPerSec: 4,
    achievedPerSec: 3.98,
    connectionsOpened: 31,
    connectionsReused: 269,
    resends: 0,
    backlogMaxNs: 3e6,
    ...run.health,
  }
}

/** A 32-bit multiplicative generator (Park and Miller's constants): enough to make pictures, the same everywhere. */
function seededUniform(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}
