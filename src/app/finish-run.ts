import type { Config } from '../config/config-schema.ts'
import type { Manifest } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { renderReport } from '../report/html/render-report.ts'
import type { Objective } from '../slo/objective.ts'
import { writeManifest } from '../storage/manifest-file.ts'
import { writeRequestsParquet } from '../storage/requests-parquet.ts'
import type { RunPaths } from '../storage/run-paths.ts'
import { writeSummary } from '../storage/summary-file.ts'
import { writeFileAtomically } from '../storage/write-file-atomically.ts'
import { attributeTokens } from '../tokens/attribute-tokens.ts'
import { countAnswers } from '../tokens/count-answers.ts'
import type { Tokenizer } from '../tokens/tokenizer.ts'
import { type JudgedRun, judgeRun } from './judge-run.ts'

/** A run that has been written completely. */
export interface FinishedRun extends JudgedRun {
  readonly manifest: Manifest
  /** Path of the run folder. */
  readonly folder: string
  /** Path of `report.html`. */
  readonly report: string
}

/**
 * Everything after the journal, which it can be rebuilt from at any time: attributes tokens to chunks, judges the
 * run, writes `requests.parquet`, `summary.json`, `report.html` and last the manifest that calls the run complete.
 *
 * @throws MetronError `cannot-write`
 */
export async function finishRun(run: {
  readonly paths: RunPaths
  readonly manifest: Manifest
  readonly records: readonly RequestRecord[]
  /** `requests.parquet` holds these very records already. */
  readonly hasTable: boolean
  /** The model's own tokenizer, `null` when it is not known. */
  readonly exactTokenizer: Tokenizer | null
  readonly config: Config
  readonly objectives: readonly Objective[]
}): Promise<FinishedRun> {
  const { paths, manifest, config, objectives, exactTokenizer } = run
  const attributed = run.records.map((record) => attributeTokens(record, exactTokenizer))
  const tokenizerCounts = exactTokenizer === null ? new Map() : countAnswers(attributed, exactTokenizer)
  const records = attributed
    .map((record) => (config.output.keepText ? record : { ...record, text: null }))
    .sort((a, b) => a.id - b.id)
  if (!run.hasTable) await writeRequestsParquet(paths.requests, records)
  const judged = judgeRun(manifest, records, config.score, objectives, tokenizerCounts)
  writeSummary(paths.folder, { ...judged.summary, verdicts: judged.verdicts })
  writeFileAtomically(paths.report, renderReport(judged.view))
  writeManifest(paths.folder, manifest)
  return { ...judged, manifest, folder: paths.folder, report: paths.report }
}
