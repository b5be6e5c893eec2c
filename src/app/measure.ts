import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import type { Config } from '../config/config-schema.ts'
import { assessHealth } from '../engine/assess-health.ts'
import { type Execution, executePlan } from '../engine/execute-plan.ts'
import type { Manifest } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { openJournal } from '../storage/journal-writer.ts'
import { writeManifest } from '../storage/manifest-file.ts'
import type { RunPaths } from '../storage/run-paths.ts'
import type { Plan } from '../workload/plan.ts'
import type { BenchHooks } from './bench-hooks.ts'
import { defaultWorkers } from './default-workers.ts'
import { EXTENSIONS, extensionOf } from './extensions.ts'
import { createLiveStats } from './live-stats.ts'
import { openThread } from './open-thread.ts'
import { createRecorder } from './recorder.ts'
import { hideSecrets, secretsOf } from './secrets.ts'
import type { StampingThreadData } from './stamping-thread.ts'
import type { ReadyTarget } from './target.ts'
import { warmupEndNs } from './warmup-end.ts'
import { watchCpuSteal } from './watch-cpu-steal.ts'

const PROGRESS_MS = 250

/**
 * Sends the plan and keeps every request that ends, in the journal and in the result. The manifest comes back with
 * the run's zero, its end, and the instrument's health.
 *
 * @throws MetronError `cannot-write` when the journal cannot be written (the run ends at once), `run-failed` when a
 * thread dies
 */
export async function measure(run: {
  readonly config: Config
  readonly plan: Plan
  readonly target: ReadyTarget
  readonly paths: RunPaths
  readonly manifest: Manifest
  readonly hooks: BenchHooks
}): Promise<{ readonly manifest: Manifest; readonly records: readonly RequestRecord[] }> {
  const { config, plan, target, paths, hooks } = run
  const secrets = secretsOf(target.wire.headers)
  const stats = createLiveStats(plan)
  const journal = openJournal(paths.journal)
  let manifest = run.manifest
  let clock = { nowNs: () => 0 }
  let journalFailure: unknown
  let backlogMaxNs: number | null = null
  let execution: Execution | undefined

  const recorder = createRecorder(
    plan,
    extensionOf(EXTENSIONS.protocols, target.protocol),
    (record) => {
      stats.add(record)
      if (journalFailure !== undefined) return
      try {
        journal.append([config.output.keepText ? record : { ...record, text: null }])
      } catch (error) {
        journalFailure = error
        execution?.abort()
      }
    },
    (detail) => hideSecrets(detail, secrets),
  )

  const threads = threadCount(config, plan)
  const stopSteal = watchCpuSteal()
  execution = executePlan(
    plan,
    threads,
    (worker) => openThread('stamping-thread', threadData(config, plan, target, worker, threads)),
    {
      onStart(zeroNs) {
        clock = createMonotonicClock(zeroNs)
        manifest = { ...manifest, clockZeroNs: String(zeroNs), startedAt: new Date().toISOString() }
        writeManifest(paths.folder, manifest)
      },
      onSegment: recorder.segment,
      onEnd(end) {
        backlogMaxNs = Math.max(backlogMaxNs ?? 0, clock.nowNs() - end.moments.endNs)
        recorder.end(end)
      },
      onBeat: stats.beat,
    },
  )
  const { stop, abort } = execution
  hooks.stop?.addEventListener('abort', stop)
  hooks.abort?.addEventListener('abort', abort)
  // Ctrl-C may have come while the server was asked.
  if (hooks.stop?.aborted) stop()
  if (hooks.abort?.aborted) abort()
  const ticker = setInterval(
    () => hooks.onProgress?.(stats.progress(Math.max(0, clock.nowNs()))),
    PROGRESS_MS,
  )
  try {
    const { loops, interrupted } = await execution.finished
    if (journalFailure !== undefined) throw journalFailure
    const { records } = recorder
    return {
      records,
      manifest: {
        ...manifest,
        status: interrupted ? 'interrupted' : 'complete',
        endedAt: new Date().toISOString(),
        measureFromNs: warmupEndNs(plan, records),
        health: assessHealth({
          records,
          loops,
          offered: offeredLoad(plan, records),
          capped: isCapped(config, plan),
          gaps: plan.gaps,
          cpuStealFraction: stopSteal(),
          backlogMaxNs,
        }),
      },
    }
  } finally {
    clearInterval(ticker)
    hooks.stop?.removeEventListener('abort', stop)
    hooks.abort?.removeEventListener('abort', abort)
    journal.close()
  }
}

/** A thread without a user would have nothing to do. */
function threadCount(config: Config, plan: Plan): number {
  const wanted = config.load.workers ?? defaultWorkers()
  return Math.min(wanted, plan.users ?? wanted, config.load.maxConcurrency ?? wanted)
}

function threadData(
  config: Config,
  plan: Plan,
  target: ReadyTarget,
  worker: number,
  threads: number,
): StampingThreadData {
  const { protocol, wire, transport, shownUrl } = target
  const shareOf = (total: number | null): number | null =>
    total === null ? null : Math.floor(total / threads) + (worker < total % threads ? 1 : 0)
  return {
    shard: {
      worker,
      users: shareOf(plan.users),
      maxConcurrency: shareOf(config.load.maxConcurrency),
      durationNs: plan.durationNs,
      drainNs: config.load.drain,
      requestTimeoutNs: config.target.requestTimeout,
    },
    target: { protocol, wire, transport, shownUrl },
  }
}

/** Whether the user's cap can hold a request back. */
function isCapped({ load }: Config, { users }: Plan): boolean {
  return load.maxConcurrency !== null && (users === null || load.maxConcurrency < users)
}

/** Requests that were due until the last one was sent, and in how long a time; a closed loop offers none. */
function offeredLoad(plan: Plan, records: readonly RequestRecord[]) {
  if (plan.dueNs === null || records.length === 0) return null
  const spanNs = records.reduce((last, { moments }) => Math.max(last, moments.dueNs), 0)
  return { requests: plan.dueNs.filter((dueNs) => dueNs <= spanNs).length, spanNs }
}
