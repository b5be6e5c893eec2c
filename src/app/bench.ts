import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import type { Config } from '../config/config-schema.ts'
import type { ResolvedConfig } from '../config/resolve-config.ts'
import { assessHealth } from '../engine/assess-health.ts'
import { type Execution, type ExecutionResult, executePlan } from '../engine/execute-plan.ts'
import type { Manifest } from '../records/manifest.ts'
import { MANIFEST_SCHEMA_VERSION } from '../records/manifest.ts'
import { RECORD_SCHEMA_VERSION, type RequestRecord } from '../records/request-record.ts'
import type { RunProgress } from '../report/terminal/render-progress.ts'
import { parseObjective } from '../slo/parse-objective.ts'
import { openJournal } from '../storage/journal-writer.ts'
import { writeManifest } from '../storage/manifest-file.ts'
import { createRunFolder, type RunFolder } from '../storage/run-folder.ts'
import { loadTokenizer } from '../tokens/load-tokenizer.ts'
import type { Plan } from '../workload/plan.ts'
import { EXTENSIONS, extensionOf } from './extensions.ts'
import { type FinishedRun, finishRun } from './finish-run.ts'
import { createLiveStats } from './live-stats.ts'
import { machineFacts, metronVersion } from './machine-facts.ts'
import { openThread } from './open-thread.ts'
import { preparePlan } from './prepare-plan.ts'
import { type ReachedTarget, reachTarget } from './reach-target.ts'
import { createRecorder } from './recorder.ts'
import { commandLine, shownValues } from './reproduce.ts'
import type { StampingThreadData } from './stamping-thread.ts'
import { warmupEndNs } from './warmup-end.ts'

const PROGRESS_MS = 250

/** Hooks of a benchmark; all optional. */
export interface BenchHooks {
  /** What is being done before and after the measurement, one short phrase each. */
  readonly onStage?: (stage: string) => void
  /** Four times a second while requests are sent. */
  readonly onProgress?: (progress: RunProgress) => void
  /** Aborted once: send nothing more, let answers finish within the drain time, write the run. */
  readonly stop?: AbortSignal
  /** Aborted: end everything at once, write the run. */
  readonly abort?: AbortSignal
  /** Where the API key is looked up; the process's environment when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/**
 * The main job: measures a streaming server and writes a run folder.
 *
 * @throws MetronError when the config is wrong, the target does not answer, or the run cannot be written
 */
export async function runBench(resolved: ResolvedConfig, hooks: BenchHooks = {}): Promise<FinishedRun> {
  const { config } = resolved
  const objectives = config.score.slo.map(parseObjective)
  const seed = config.load.seed ?? randomInt(2 ** 31)
  hooks.onStage?.('loading the tokenizer')
  const tokenizer = await loadTokenizer(config.workload.tokenizer)
  const plan = await preparePlan(config, seed, tokenizer)
  hooks.onStage?.(config.target.url === null ? 'starting the embedded engine' : 'asking the server')
  const target = await reachTarget(config, hooks.env ?? process.env)
  try {
    const folder = createRunFolder(config.output.runs, config.output.name ?? undefined, target.wire.model)
    const manifest = describeRun({ resolved, seed, plan, target, folder, tokenizer: tokenizer.name })
    const measured = await measure({ config, plan, target, folder, manifest, hooks })
    hooks.onStage?.('computing metrics and writing the report')
    // The built-in tokenizer is not the model's: it may size prompts, but not attribute answers.
    const exactTokenizer = config.workload.tokenizer === 'builtin' ? null : tokenizer
    return await finishRun({ ...measured, folder: folder.path, exactTokenizer, config, objectives })
  } finally {
    await target.close()
  }
}

/** The manifest as far as it is known before anything is sent. */
function describeRun(facts: {
  readonly resolved: ResolvedConfig
  readonly seed: number
  readonly plan: Plan
  readonly target: ReachedTarget
  readonly folder: RunFolder
  readonly tokenizer: string
}): Manifest {
  const { resolved, seed, plan, target, folder, tokenizer } = facts
  return {
    schemaVersion: MANIFEST_SCHEMA_VERSION,
    recordSchemaVersion: RECORD_SCHEMA_VERSION,
    name: folder.name,
    status: 'running',
    startedAt: new Date().toISOString(),
    endedAt: null,
    clockZeroNs: String(createMonotonicClock().nowNs()),
    seed,
    planDigest: plan.digest,
    plannedRequests: plan.size,
    measureFromNs: plan.warmupNs,
    versions: { metron: metronVersion(), node: process.versions.node },
    machine: machineFacts(),
    target: {
      url: target.shownUrl,
      protocol: target.protocol,
      model: target.wire.model,
      accepts: target.wire.accepts,
    },
    tokenizer,
    config: shownValues(resolved, target.shownUrl),
    command: commandLine(resolved, target.shownUrl, seed),
    health: null,
  }
}

/** Sends the plan, and keeps every request that ends in the journal. */
async function measure(parts: {
  readonly config: Config
  readonly plan: Plan
  readonly target: ReachedTarget
  readonly folder: RunFolder
  readonly manifest: Manifest
  readonly hooks: BenchHooks
}): Promise<{ manifest: Manifest; records: readonly RequestRecord[] }> {
  const { config, plan, target, folder, hooks } = parts
  let { manifest } = parts
  const protocol = extensionOf(EXTENSIONS.protocols, target.protocol)
  const journal = openJournal(folder.journal)
  const stats = createLiveStats(progressFacts(plan))
  const threads = Math.min(
    config.load.workers ?? Math.max(1, availableParallelism() - 1),
    plan.users ?? Infinity,
  )
  const clock = { nowNs: () => 0 }
  let execution: Execution | undefined
  let journalFailure: unknown

  const recorder = createRecorder(plan, protocol, true, (record) => {
    stats.add(record)
    if (journalFailure !== undefined) return
    try {
      journal.append([config.output.keepText ? record : { ...record, text: null }])
    } catch (error) {
      journalFailure = error
      execution?.abort()
    }
  })

  hooks.onStage?.('writing the first prompts')
  execution = executePlan(
    plan,
    threads,
    (worker) => openThread('stamping-thread', threadData(config, plan, target, worker, threads)),
    {
      onStart(zeroNs) {
        clock.nowNs = createMonotonicClock(zeroNs).nowNs
        manifest = { ...manifest, clockZeroNs: String(zeroNs), startedAt: new Date().toISOString() }
        writeManifest(folder.path, manifest)
      },
      onSegment: (segment) => recorder.segment(segment),
      onEnd: (end) => recorder.end(end),
      onBeat: (beats) => stats.beat(beats),
    },
  )
  const { stop, abort } = execution
  hooks.stop?.addEventListener('abort', stop)
  hooks.abort?.addEventListener('abort', abort)
  const ticker = setInterval(
    () => hooks.onProgress?.(stats.progress(Math.max(0, clock.nowNs()))),
    PROGRESS_MS,
  )
  let result: ExecutionResult
  try {
    result = await execution.finished
  } finally {
    clearInterval(ticker)
    hooks.stop?.removeEventListener('abort', stop)
    hooks.abort?.removeEventListener('abort', abort)
    journal.close()
  }
  if (journalFailure !== undefined) throw journalFailure
  const { records } = recorder
  return {
    records,
    manifest: {
      ...manifest,
      status: result.interrupted ? 'interrupted' : 'complete',
      endedAt: new Date().toISOString(),
      measureFromNs: warmupEndNs(config.load.warmup, records),
      health: assessHealth({
        records,
        loops: result.loops,
        offered: offeredLoad(plan, records),
        capped: config.load.maxConcurrency !== null,
      }),
    },
  }
}

function threadData(
  config: Config,
  plan: Plan,
  target: ReachedTarget,
  worker: number,
  threads: number,
): StampingThreadData {
  const { protocol, wire, transport, shownUrl } = target
  const share = (total: number): number => Math.floor(total / threads) + (worker < total % threads ? 1 : 0)
  return {
    shard: {
      worker,
      users: plan.users === null ? null : share(plan.users),
      maxConcurrency:
        config.load.maxConcurrency === null ? null : Math.max(1, share(config.load.maxConcurrency)),
      durationNs: plan.durationNs,
      drainNs: config.load.drain,
      requestTimeoutNs: config.target.requestTimeout,
    },
    target: { protocol, wire, transport, shownUrl },
  }
}

function progressFacts(plan: Plan) {
  const lastDueNs = plan.dueNs?.at(-1) ?? null
  const totalNs = plan.durationNs ?? lastDueNs
  const offeredPerSec =
    plan.size === null || plan.dueNs === null || !totalNs ? null : (plan.size / totalNs) * 1e9
  return { size: plan.size, totalNs, offeredPerSec }
}

/** Requests that were due until the last one was sent, and since when; a closed loop offers none. */
function offeredLoad(plan: Plan, records: readonly RequestRecord[]) {
  if (plan.dueNs === null || records.length === 0) return null
  const spanNs = records.reduce((last, { moments }) => Math.max(last, moments.dueNs), 0)
  return { requests: plan.dueNs.filter((dueNs) => dueNs <= spanNs).length, spanNs }
}
