import { createMonotonicClock } from '../clock/monotonic-clock.ts'
import type { ResolvedConfig } from '../config/resolve-config.ts'
import { MANIFEST_SCHEMA_VERSION, type Manifest } from '../records/manifest.ts'
import { RECORD_SCHEMA_VERSION } from '../records/request-record.ts'
import type { Plan } from '../workload/plan.ts'
import { machineFacts, metronVersion } from './machine-facts.ts'
import { commandLine, shownValues } from './rerun-command.ts'
import type { ReadyTarget } from './target.ts'

/** The manifest of a run as far as it is known before anything is sent. */
export function describeRun(run: {
  readonly name: string
  readonly resolved: ResolvedConfig
  readonly seed: number
  readonly plan: Plan
  readonly target: ReadyTarget
  readonly tokenizer: string
}): Manifest {
  const { name, resolved, seed, plan, target, tokenizer } = run
  return {
    schemaVersion: MANIFEST_SCHEMA_VERSION,
    recordSchemaVersion: RECORD_SCHEMA_VERSION,
    name,
    status: 'running',
    startedAt: new Date().toISOString(),
    endedAt: null,
    clockZeroNs: String(createMonotonicClock().nowNs()),
    seed,
    planDigest: plan.digest,
    plannedRequests: plan.size,
    users: plan.users,
    warmupRequests: plan.warmupRequests,
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
