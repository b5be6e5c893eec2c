import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { makeSyntheticRun } from '../../test/synthetic-run.ts'
import type { PrefillProfile } from '../records/prefill-profile.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { openJournal } from '../storage/journal-writer.ts'
import { writeManifest } from '../storage/manifest-file.ts'
import { createRunFolder } from '../storage/run-folder.ts'
import { importRun } from './import-run.ts'
import { rebuildRun } from './rebuild-run.ts'
import { scoreRun } from './score-run.ts'
import { viewAsTool } from './view-as-tool.ts'

const MS = 1e6
const runs = mkdtempSync(join(tmpdir(), 'metron-score-'))
afterAll(() => rmSync(runs, { recursive: true }))

const sample = (name: string) =>
  fileURLToPath(new URL(`../../test/fixtures/imports/${name}`, import.meta.url))
const changes = (values: Record<string, unknown>) => ({ values, origin: () => 'test' })

/** A run folder of 40 requests as a journal; its stored options ask for a TBT deadline of 40 ms. */
function makeRun(
  name: string,
  change: (record: RequestRecord) => RequestRecord = (record) => record,
): string {
  const { manifest, records } = makeSyntheticRun({ requests: 40, failFraction: 0.1 })
  const paths = createRunFolder(runs, name)
  const config = { score: { tbtDeadline: '40ms', slo: ['errors<=50%'] } }
  writeManifest(paths.folder, { ...manifest, config, measureFromNs: 0 })
  const journal = openJournal(paths.journal)
  journal.append(records.map(change))
  journal.close()
  return paths.folder
}

function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'latin1')]),
  )
}

test('what is not given stays as the run has it; what is given wins; no file is changed', async () => {
  const folder = makeRun('plain')
  const before = filesOf(folder)
  const same = await scoreRun({ path: folder, changes: changes({}) })
  expect(same.summary.options).toMatchObject({
    tbtDeadlineNs: 40 * MS,
    failedRequests: 'miss',
    origin: 'due',
  })
  expect(same.verdicts.map(({ objective }) => objective.text)).toEqual(['errors<=50%'])
  const other = await scoreRun({
    path: folder,
    changes: changes({ score: { failedRequests: 'exclude', slo: ['ttft<=300ms@p50'], latencyFrom: 'sent' } }),
  })
  expect(other.summary.options).toMatchObject({
    tbtDeadlineNs: 40 * MS,
    failedRequests: 'exclude',
    origin: 'sent',
  })
  expect(other.verdicts.map(({ objective }) => objective.text)).toEqual(['ttft<=300ms@p50'])
  expect(filesOf(folder)).toEqual(before)
  expect(other.report).toBeNull()
})

test('a score without changes is the report of the run', async () => {
  const folder = makeRun('same')
  const { summary } = await rebuildRun(folder)
  const scored = await scoreRun({ path: folder, changes: changes({}) })
  expect(scored.summary).toEqual(summary)
})

test.each([
  { warmup: '10', warmed: 10 },
  { warmup: '0', warmed: 0 },
  { warmup: '2s', warmed: null },
])('another warm-up window is kept: $warmup', async ({ warmup, warmed }) => {
  const folder = makeRun('warm')
  const { summary, records } = await scoreRun({ path: folder, changes: changes({ load: { warmup } }) })
  const early = records.filter(({ moments }) => moments.dueNs < 2e9).length
  expect(summary.counts.warmup).toBe(warmed ?? early)
  expect(early).toBeGreaterThan(0)
})

test('another tokenizer counts the kept text anew, and says of which answers it cannot', async () => {
  const text = 'The quick brown fox jumps over the lazy dog.'
  const folder = makeRun('tokens', (record) => {
    const chunks = { ns: [record.moments.dueNs + 5 * MS], channels: 'a', chars: [text.length], tokens: null }
    return {
      ...record,
      chunks,
      tokenSource: null,
      text: record.id === 0 ? null : text,
      outcome: { kind: 'ok' },
    }
  })
  const before = await scoreRun({ path: folder, changes: changes({}) })
  const after = await scoreRun({ path: folder, changes: changes({ workload: { tokenizer: 'o200k_base' } }) })
  expect(before.records[1]!.tokenSource).toBe('usage-total')
  // 10 tokens in the encoding of o200k_base.
  expect(after.records[1]).toMatchObject({ tokenSource: 'tokenizer', chunks: { tokens: [10] } })
  expect(after.notes.join(' ')).toContain('The text of 1 of 40 answers was not kept')
})

test('--save puts the new opinions into the run folder, where report finds them', async () => {
  const folder = makeRun('save')
  const scored = await scoreRun({
    path: folder,
    changes: changes({ score: { tbtDeadline: '17ms' }, load: { warmup: '5' } }),
    save: true,
  })
  const again = await rebuildRun(folder)
  expect(again.summary).toEqual(scored.summary)
  expect(again.summary.options.tbtDeadlineNs).toBe(17 * MS)
  expect(again.summary.counts.warmup).toBe(5)
})

test('a deadline from a prefill profile judges each prompt by its length, and stays with the run without the file', async () => {
  const interval = (value: number) => ({ value, low: value, high: value })
  const profile: PrefillProfile = {
    schemaVersion: 1,
    kind: 'metron-prefill-profile',
    measuredAt: '2026-03-14T09:26:53.589Z',
    versions: { metron: '0.1.0', node: 'v24.0.0' },
    clock: 'virtual',
    target: { url: null, model: 'example', protocol: 'openai-chat' },
    seed: 1,
    runs: [],
    precisionFraction: 0.05,
    points: [],
    fit: {
      aNs: interval(10 * MS),
      bNs: interval(0.1 * MS),
      cNs: interval(0),
      fromTokens: 1,
      toTokens: 10_000,
      meanErrorFraction: 0,
      maxErrorFraction: 0,
    },
    excluded: { failed: 0, cached: 0 },
    cacheToldRequests: 0,
    health: { verdict: 'valid', reasons: [] },
  }
  const file = join(runs, 'profile.json')
  writeFileSync(file, JSON.stringify(profile))
  // 100 tokens: 10 + 10 + 30 = 50 ms; 1,000 tokens: 10 + 100 + 30 = 140 ms. Each has its first token at 100 ms.
  const folder = makeRun('profiled', (record) => {
    const at = record.moments.dueNs + 100 * MS
    const tokens = record.id % 2 === 0 ? 100 : 1000
    return {
      ...record,
      outcome: { kind: 'ok' },
      prompt: { wantedTokens: tokens, serverTokens: tokens, cachedTokens: null },
      chunks: { ns: [at], channels: 'a', chars: [4], tokens: [1] },
      moments: { ...record.moments, endNs: at },
    }
  })
  const deadline = { score: { ttftDeadline: `${file}+30ms`, tbtDeadline: '1s' } }
  const scored = await scoreRun({ path: folder, changes: changes(deadline), save: true })
  const rate = (run: typeof scored) => run.summary.scalars.find(({ id }) => id === 'service-miss-rate')!.value
  expect(rate(scored)).toBe(0.5)
  rmSync(file)
  expect(rate(await scoreRun({ path: folder, changes: changes({}) }))).toBe(0.5)
  const etalon = viewAsTool('etalon', { ...scored, score: scored.config.score })
  expect(etalon.rows.find(({ name }) => name === 'service_level_deadline_miss_rate')!.value).toBe(0.5)
})

test('a report is written where it is asked for, and nowhere else', async () => {
  const report = join(runs, 'elsewhere.html')
  const scored = await scoreRun({ path: sample('vllm.json'), changes: changes({}), report })
  expect(readFileSync(report, 'utf8')).toContain('vllm.json')
  expect(scored).toMatchObject({ source: 'import', folder: null, report })
})

test.each(['vllm.json', 'sglang.jsonl', 'aiperf.jsonl', 'etalon.json', 'veeksha.jsonl'])(
  '%s: a file and the run folder that is made of it score alike, and both tell its limits',
  async (name) => {
    const imported = await importRun({ path: sample(name), runs, name: name.replace('.', '-') })
    const ofFile = await scoreRun({ path: sample(name), changes: changes({}) })
    const ofFolder = await scoreRun({ path: imported.folder, changes: changes({}) })
    expect(ofFolder.summary).toEqual(ofFile.summary)
    expect(imported.summary).toEqual(ofFile.summary)
    expect(ofFolder.view.warnings).toEqual(ofFile.view.warnings)
    const limits = ofFolder.view.warnings.filter(({ id }) => id === 'imported')
    expect(limits.map(({ text }) => text)).toEqual(ofFile.manifest.imported!.limits)
  },
)

test('latency of a file without due times counts from the sending, and cannot from due', async () => {
  const { summary } = await scoreRun({ path: sample('vllm.json'), changes: changes({}) })
  expect(summary.options.origin).toBe('sent')
  const asked = scoreRun({ path: sample('vllm.json'), changes: changes({ score: { latencyFrom: 'due' } }) })
  await expect(asked).rejects.toThrow('vllm.json holds no due times')
})

test('there is nothing to save to of a file, no run of a missing one, and no import of a folder', async () => {
  const path = sample('etalon.json')
  await expect(scoreRun({ path, changes: changes({}), save: true })).rejects.toThrow('no run folder')
  await expect(scoreRun({ path: join(runs, 'absent'), changes: changes({}) })).rejects.toThrow(
    'there is no folder',
  )
  await expect(importRun({ path: makeRun('own'), runs })).rejects.toThrow('is a run folder already')
  await expect(rebuildRun(path)).rejects.toThrow('is no run folder')
})
