import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { ForeignFile } from '../imports/foreign-file.ts'
import type { ImportedRun, Importer } from '../imports/importer.ts'
import { MANIFEST_SCHEMA_VERSION, type Manifest } from '../records/manifest.ts'
import { RECORD_SCHEMA_VERSION } from '../records/request-record.ts'
import { metronVersion } from './machine-facts.ts'
import { quote } from './rerun-command.ts'

/**
 * The manifest of a run that another tool measured. What its file does not tell stands as `unknown`, empty or 0. The
 * digest is of the file.
 *
 * @param fallbackStart stands for the start when the file does not tell it
 */
export function describeImport(imported: {
  readonly name: string
  readonly file: ForeignFile
  readonly importer: Importer
  readonly run: ImportedRun
  readonly fallbackStart: Date
}): Manifest {
  const { name, file, importer, run, fallbackStart } = imported
  const shownFile = basename(file.path)
  return {
    schemaVersion: MANIFEST_SCHEMA_VERSION,
    recordSchemaVersion: RECORD_SCHEMA_VERSION,
    name,
    status: 'complete',
    startedAt: run.startedAt ?? fallbackStart.toISOString(),
    endedAt: null,
    clockZeroNs: '0',
    seed: 0,
    planDigest: createHash('sha256').update(file.text).digest('hex'),
    plannedRequests: run.records.length,
    users: run.users,
    warmupRequests: 0,
    measureFromNs: run.measureFromNs,
    versions: { metron: metronVersion(), node: process.versions.node },
    machine: { os: 'unknown', cpu: 'unknown', cores: 0, memoryBytes: 0 },
    target: {
      url: `unknown server (from ${shownFile})`,
      protocol: importer.kind,
      model: run.model ?? 'unknown model',
      accepts: [],
    },
    tokenizer: 'unknown',
    config: { score: { latencyFrom: run.hasDueTimes ? 'due' : 'sent' } },
    command: `metron import ${quote(shownFile)}`,
    health: null,
    imported: {
      format: importer.kind,
      file: shownFile,
      hasDueTimes: run.hasDueTimes,
      limits: run.limits,
    },
  }
}
