import { type ConfigLayer, valueAt } from '../config/config-layer.ts'
import type { ResolvedConfig } from '../config/resolve-config.ts'
import { MetronError } from '../errors/metron-error.ts'
import type { Manifest } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { renderReport } from '../report/html/render-report.ts'
import { parseObjective } from '../slo/parse-objective.ts'
import { runPaths } from '../storage/run-paths.ts'
import { writeFileAtomically } from '../storage/write-file-atomically.ts'
import { attributeTokens } from '../tokens/attribute-tokens.ts'
import { countAnswers } from '../tokens/count-answers.ts'
import { isExactTokenizer, loadTokenizer } from '../tokens/load-tokenizer.ts'
import type { Tokenizer } from '../tokens/tokenizer.ts'
import { finishRun } from './finish-run.ts'
import { type JudgedRun, judgeRun } from './judge-run.ts'
import { type LoadedRun, loadRun } from './load-run.ts'
import { resolveLayers } from './read-config.ts'
import { pinTtftDeadline } from './ttft-deadline.ts'
import { warmupEndNs } from './warmup-end.ts'

/** A run judged anew. */
export interface ScoredRun extends JudgedRun, Pick<LoadedRun, 'source' | 'tornBytes'> {
  readonly manifest: Manifest
  /** As they were judged, with their tokens. */
  readonly records: readonly RequestRecord[]
  readonly config: ResolvedConfig['config']
  /** Path of the run folder; `null` for a file of another tool. */
  readonly folder: string | null
  /** Path of the report that was written; `null` when none was. */
  readonly report: string | null
  /** What could not be done as asked, for people. */
  readonly notes: readonly string[]
}

/**
 * Computes everything about a run again under other opinions, without sending a request: values of `changes` win over those
 * stored with the run. Nothing is written unless asked.
 *
 * @throws MetronError `bad-run-folder`, `bad-input-file`, `bad-config`, `cannot-write`
 */
export async function scoreRun(asked: {
  /** A run folder, or a result file of another tool. */
  readonly path: string
  readonly format?: string | undefined
  /** May hold `score`, `workload.tokenizer` and `load.warmup`. */
  readonly changes: ConfigLayer
  /** Where to write a report. */
  readonly report?: string | undefined
  /** Write table, summary, report and manifest of the run folder anew. */
  readonly save?: boolean | undefined
}): Promise<ScoredRun> {
  const { path, changes } = asked
  const loaded = await loadRun(path, asked.format)
  const isImport = loaded.source === 'import'
  if (isImport && asked.save === true)
    throw new MetronError('bad-config', `${path} is no run folder: there is nothing to save to`, {
      hint: 'Make one with metron import, or write a report with --report.',
    })
  const stored = { values: loaded.manifest.config, origin: () => `the config of ${path}` }
  const { config, values } = await pinTtftDeadline(resolveLayers([stored, changes]))
  checkOrigin(loaded.manifest, config.score.latencyFrom)
  const objectives = config.score.slo.map(parseObjective)
  const chosen = valueAt(changes.values, ['workload', 'tokenizer']) !== undefined
  const counted = await countTokens(loaded, config.workload.tokenizer, chosen)
  const manifest: Manifest = {
    ...loaded.manifest,
    ...warmupOf(loaded, config.load.warmup, valueAt(changes.values, ['load', 'warmup']) !== undefined),
    ...(chosen && counted.tokenizer !== null ? { tokenizer: counted.tokenizer.name } : {}),
    config: isImport ? { ...stored.values, score: values.score } : { ...values },
  }
  const { records, tokenizer } = counted
  const tokenizerCounts = tokenizer === null ? new Map<number, number>() : countAnswers(records, tokenizer)
  const judged = judgeRun(manifest, records, config.score, objectives, tokenizerCounts)
  const paths = isImport ? null : runPaths(path)
  if (paths !== null && asked.save === true)
    await finishRun({
      paths,
      manifest,
      records,
      hasTable: loaded.source === 'parquet' && !chosen,
      exactTokenizer: tokenizer,
      config,
      objectives,
    })
  if (asked.report !== undefined) writeFileAtomically(asked.report, renderReport(judged.view))
  return {
    ...judged,
    manifest,
    records,
    config,
    source: loaded.source,
    tornBytes: loaded.tornBytes,
    folder: paths?.folder ?? null,
    report: asked.report ?? (asked.save === true ? paths!.report : null),
    notes: counted.notes,
  }
}

function checkOrigin({ imported }: Manifest, origin: 'due' | 'sent'): void {
  if (imported === undefined || imported.hasDueTimes || origin === 'sent') return
  throw new MetronError('bad-config', `latency cannot count from due: ${imported.file} holds no due times`, {
    hint: 'Leave out --latency-from: latency then counts from the sending.',
  })
}

/** What changes in a manifest when another warm-up is asked for. */
function warmupOf(
  { records }: LoadedRun,
  warmup: { readonly ns: number } | { readonly requests: number } | null,
  isAsked: boolean,
): Partial<Manifest> {
  if (!isAsked || warmup === null) return {}
  const asked =
    'requests' in warmup
      ? { warmupRequests: warmup.requests, warmupNs: 0 }
      : { warmupRequests: 0, warmupNs: warmup.ns }
  return { warmupRequests: asked.warmupRequests, measureFromNs: warmupEndNs(asked, records) }
}

/** Tokens of every chunk: as stored, unless another tokenizer was chosen; then anew for the answers whose text was kept. */
async function countTokens(
  { records, source }: LoadedRun,
  spec: string,
  chosen: boolean,
): Promise<{ records: readonly RequestRecord[]; tokenizer: Tokenizer | null; notes: string[] }> {
  const tokenizer = isExactTokenizer(spec)
    ? await loadTokenizer(spec).catch((error) => {
        // The table has counts already, which the run's own tokenizer would only check.
        if (!chosen && source === 'parquet') return null
        throw error
      })
    : null
  if (!chosen)
    return { records: records.map((each) => attributeTokens(each, tokenizer)), tokenizer, notes: [] }
  const textless = records.filter(({ text, chunks }) => text === null && chunks.ns.length > 0).length
  const told = records.filter(
    ({ tokenSource }) => tokenSource === 'token-ids' || tokenSource === 'usage',
  ).length
  return {
    records: records.map((each) =>
      each.text === null ? each : attributeTokens(each, tokenizer, { again: true }),
    ),
    tokenizer,
    notes: [
      ...(textless === 0
        ? []
        : [
            `The text of ${textless} of ${records.length} answers was not kept: their tokens stay as they were counted.`,
          ]),
      ...(told === 0
        ? []
        : [
            `The server told the tokens of each event of ${told} of ${records.length} answers: those counts stay.`,
          ]),
    ],
  }
}
