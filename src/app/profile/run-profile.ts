import { randomInt } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ResolvedConfig } from '../../config/resolve-config.ts'
import { MetronError } from '../../errors/metron-error.ts'
import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { createPermutation } from '../../numerics/permutation.ts'
import { PREFILL_PROFILE_VERSION, type PrefillProfile } from '../../records/prefill-profile.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import { writePrefillProfile } from '../../storage/prefill-profile-file.ts'
import { readRun } from '../../storage/read-run.ts'
import { defaultRunName } from '../../storage/run-name.ts'
import { writeFileAtomically } from '../../storage/write-file-atomically.ts'
import type { BenchHooks } from '../bench-hooks.ts'
import { metronVersion } from '../machine-facts.ts'
import { resolveLayers } from '../read-config.ts'
import { runBench } from '../run-bench.ts'
import { fitProfile, isTight } from './fit-profile.ts'
import { type PrefillSamples, prefillSamples } from './prefill-samples.ts'

export type { PrefillProfile }

/** Repeats of each length before intervals are looked at: fewer give no interval of a median. */
const FIRST_REPEATS = 6
const MORE_REPEATS = 4

/**
 * Keeps a profile for later runs.
 *
 * @throws MetronError `cannot-write`
 */
export const saveProfile = writePrefillProfile

export interface ProfileOptions {
  /** Prompt lengths in tokens; at least three. */
  readonly lengths: readonly number[]
  readonly outputTokens: number
  /** Half the interval of each median, as a share of it. */
  readonly precisionFraction: number
  readonly budgetNs: number
  readonly maxRepeats: number
}

/** A profile, or why there is none to trust: `profile` is `null` when the client was the limit or Ctrl-C came. */
export interface ProfiledServer {
  readonly profile: PrefillProfile | null
  readonly problem: 'client-limited' | 'interrupted' | null
  readonly reasons: readonly string[]
  readonly runs: readonly string[]
}

/**
 * Measures TTFT against prompt length: one request at a time, the lengths in a new random order each round so that drift
 * favours none, until every interval is tight or the budget or the repeats are used up. Each block of rounds is a run.
 *
 * @throws MetronError `bad-config`; `no-data` when fewer than three lengths were answered; all of `runBench`
 */
export async function runProfile(
  resolved: ResolvedConfig,
  options: ProfileOptions,
  hooks: BenchHooks = {},
): Promise<ProfiledServer> {
  if (new Set(options.lengths).size < 3)
    throw new MetronError('bad-config', 'a prefill profile needs at least three prompt lengths', {
      hint: 'Give more with --lengths 256,1024,4096.',
    })
  const { config } = resolved
  const seed = config.load.seed ?? randomInt(2 ** 30)
  const base = config.output.name ?? `${defaultRunName(new Date(), config.target.url)}-profile`
  const untilMs = performance.now() + options.budgetNs / 1e6
  const records: RequestRecord[] = []
  const runs: string[] = []
  const reasons: string[] = []
  let target: PrefillProfile['target'] = { url: null, model: '', protocol: config.target.protocol }
  let loose: readonly number[] = [...new Set(options.lengths)].sort((a, b) => a - b)
  let repeats = Math.min(FIRST_REPEATS, options.maxRepeats)
  for (let block = 1; loose.length > 0 && repeats > 0; block++) {
    const warmup = block === 1 ? loose : loose.slice(0, 1)
    const rows = [...warmup, ...roundsOf(loose, repeats, seed + block)]
    const trace = join(config.output.runs, `${base}-lengths-${block}.csv`)
    writeTrace(trace, rows, options.outputTokens)
    const budget = AbortSignal.timeout(Math.max(1, Math.ceil(untilMs - performance.now())))
    const run = await runBench(blockConfig(resolved, trace, rows.length, warmup.length, seed + block, base), {
      ...hooks,
      stop: hooks.stop === undefined ? budget : AbortSignal.any([hooks.stop, budget]),
    })
    runs.push(run.folder)
    const { url, model, protocol } = run.manifest.target
    target = { url, model, protocol }
    const health = run.manifest.health
    reasons.push(...(health?.reasons ?? []))
    if (health?.verdict === 'invalid') return { profile: null, problem: 'client-limited', reasons, runs }
    if (hooks.stop?.aborted || hooks.abort?.aborted)
      return { profile: null, problem: 'interrupted', reasons, runs }
    records.push(...(await readRun(run.folder)).records.filter(({ id }) => id >= warmup.length))
    if (performance.now() >= untilMs) break
    const samples = prefillSamples(records)
    loose = samples.lengths
      .filter(({ ttftNs }) => ttftNs.length < options.maxRepeats)
      .filter(
        ({ ttftNs }) =>
          !isTight(
            ttftNs.toSorted((a, b) => a - b),
            options.precisionFraction,
          ),
      )
      .map(({ wantedTokens }) => wantedTokens)
    const asked = FIRST_REPEATS + (block - 1) * MORE_REPEATS
    repeats = Math.min(MORE_REPEATS, options.maxRepeats - asked)
  }
  const profile = toProfile(prefillSamples(records), {
    ...options,
    seed,
    target,
    runs,
    reasons,
    clock: 'real',
  })
  return { profile, problem: null, reasons, runs }
}

/** @throws MetronError `no-data` when fewer than three lengths have a sample */
export function toProfile(
  samples: PrefillSamples,
  facts: Pick<PrefillProfile, 'target' | 'runs' | 'seed' | 'precisionFraction' | 'clock'> & {
    readonly reasons: readonly string[]
  },
): PrefillProfile {
  const { lengths, excluded, cacheToldRequests } = samples
  if (lengths.length < 3)
    throw new MetronError(
      'no-data',
      `only ${lengths.length} prompt lengths could be measured: ${excluded.failed} requests failed and ${excluded.cached} prompts came from a prefix cache`,
      { hint: "Look into the run folders, choose lengths within the model's context, or a longer --budget." },
    )
  const { reasons, ...kept } = facts
  return {
    schemaVersion: PREFILL_PROFILE_VERSION,
    kind: 'metron-prefill-profile',
    measuredAt: new Date().toISOString(),
    versions: { metron: metronVersion(), node: process.versions.node },
    clock: kept.clock,
    target: kept.target,
    seed: kept.seed,
    runs: kept.runs,
    precisionFraction: kept.precisionFraction,
    ...fitProfile(lengths, kept.precisionFraction, kept.seed),
    excluded,
    cacheToldRequests,
    health: { verdict: reasons.length === 0 ? 'valid' : 'degraded', reasons },
  }
}

/** Every length once a round, each round in an order of its own. */
export function roundsOf(lengths: readonly number[], rounds: number, seed: number): number[] {
  const random = createRandomStream(seed).split('rounds')
  return Array.from({ length: rounds }, (_, round) => {
    const order = createPermutation(lengths.length, random.split(round))
    return lengths.map((_, i) => lengths[order(i)]!)
  }).flat()
}

function writeTrace(path: string, rows: readonly number[], outputTokens: number): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
  } catch (cause) {
    throw new MetronError('cannot-write', `cannot make the folder of ${path}: ${(cause as Error).message}`)
  }
  const lines = rows.map((tokens) => `${tokens},${outputTokens}`)
  writeFileAtomically(path, `${['num_prefill_tokens,num_decode_tokens', ...lines].join('\n')}\n`)
}

function blockConfig(
  { values }: ResolvedConfig,
  trace: string,
  requests: number,
  warmup: number,
  seed: number,
  name: string,
): ResolvedConfig {
  const part = (key: string) => values[key] as Record<string, unknown>
  const changed = {
    ...values,
    load: {
      ...part('load'),
      arrivals: null,
      users: 1,
      requests: requests - warmup,
      duration: null,
      warmup,
      maxConcurrency: null,
      seed,
    },
    workload: {
      ...part('workload'),
      trace,
      tracePrefillScale: 1,
      traceDecodeScale: 1,
      traceMaxTokens: null,
      sharedPrefixTokens: 0,
    },
    score: { ...part('score'), slo: [] },
    output: { ...part('output'), name },
  }
  return resolveLayers([{ values: changed, origin: (path) => path.join('.') }])
}
