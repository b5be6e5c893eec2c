import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completeManifest, sampleManifest, sampleRecord } from '../../test/storage/samples.ts'
import { openJournal } from './journal-writer.ts'
import { listRuns } from './list-runs.ts'
import { writeManifest } from './manifest-file.ts'
import { writeRequestsParquet } from './requests-parquet.ts'
import { createRunFolder } from './run-folder.ts'
import { readSummary, writeSummary } from './summary-file.ts'
import { verdictOf } from './verdict-of.ts'

const folder = mkdtempSync(join(tmpdir(), 'metron-list-'))

test('a missing runs folder has no runs, and a file is an error', async () => {
  expect(await listRuns(join(folder, 'none'))).toEqual([])
  const file = join(folder, 'file')
  writeFileSync(file, '')
  await expect(listRuns(file)).rejects.toMatchObject({ code: 'bad-run-folder' })
})

test('runs are listed newest first with requests and verdict, and a broken one hides no other', async () => {
  const parent = join(folder, 'runs')
  const old = createRunFolder(parent, 'old')
  writeManifest(old.folder, completeManifest())
  await writeRequestsParquet(
    old.requests,
    [0, 1, 2].map((id) => sampleRecord(id)),
  )
  writeSummary(old.folder, { verdicts: [{ status: 'pass' }, { status: 'fail' }] })

  const young = createRunFolder(parent, 'young')
  writeManifest(young.folder, sampleManifest({ startedAt: '2025-11-25T00:00:00Z' }))
  const journal = openJournal(young.journal)
  journal.append([sampleRecord(0), sampleRecord(1)])
  journal.close()
  appendFileSync(young.journal, '{"v":1')

  const broken = createRunFolder(parent, 'broken')
  writeFileSync(broken.manifest, '{')
  writeFileSync(broken.requests, 'no table')
  mkdirSync(join(parent, '.cache'))
  writeFileSync(join(parent, 'notes.txt'), '')

  const runs = await listRuns(parent)
  expect(runs.map(({ name }) => name)).toEqual(['young', 'old', 'broken'])
  expect(runs[0]).toEqual({
    name: 'young',
    folder: young.folder,
    startedAt: '2025-11-25T00:00:00Z',
    status: 'running',
    target: 'http://127.0.0.1:8000/v1',
    model: 'tiny',
    requests: 2,
    verdict: null,
    problem: null,
  })
  expect(runs[1]).toMatchObject({ status: 'complete', requests: 3, verdict: 'fail', problem: null })
  expect(runs[2]).toMatchObject({ startedAt: null, status: null, requests: null, verdict: null })
  expect(runs[2]!.problem).toContain('manifest.json')
})

test('a summary comes back equal, a missing one is null, and one that is no object is an error', async () => {
  const { folder: run, summary } = createRunFolder(folder, 'summary')
  expect(await readSummary(run)).toBeNull()
  writeSummary(run, { schemaVersion: 1, scalars: [{ id: 'x', value: null }] })
  expect(await readSummary(run)).toEqual({ schemaVersion: 1, scalars: [{ id: 'x', value: null }] })
  for (const text of ['[]', '7', '{', '']) {
    writeFileSync(summary, text)
    await expect(readSummary(run)).rejects.toMatchObject({ code: 'bad-run-folder' })
  }
})

test('one failure fails the run, no data leaves it open, and no objective gives no verdict', () => {
  const of = (...statuses: string[]) => verdictOf({ verdicts: statuses.map((status) => ({ status })) })
  expect(of('pass', 'pass')).toBe('pass')
  expect(of('no-data', 'fail', 'pass')).toBe('fail')
  expect(of('no-data', 'pass')).toBe('no-data')
  expect(of('odd', 'pass')).toBe('no-data')
  expect(of()).toBeNull()
  expect(verdictOf({})).toBeNull()
  expect(verdictOf({ verdicts: [null] })).toBe('no-data')
})
