import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completeManifest, sampleManifest, sampleRecord } from '../../test/storage/samples.ts'
import { openJournal } from './journal-writer.ts'
import { writeManifest } from './manifest-file.ts'
import { readRun } from './read-run.ts'
import { writeRequestsParquet } from './requests-parquet.ts'
import { createRunFolder } from './run-folder.ts'

const parent = mkdtempSync(join(tmpdir(), 'metron-runs-'))
const records = [0, 1, 2].map((id) => sampleRecord(id))

function killedRun() {
  const paths = createRunFolder(parent, 'killed')
  writeManifest(paths.folder, sampleManifest())
  const journal = openJournal(paths.journal)
  journal.append([records[2]!, records[0]!, records[1]!])
  journal.close()
  return paths
}

test('a killed run is read from its journal, ordered by id, with the torn bytes counted', async () => {
  const paths = killedRun()
  appendFileSync(paths.journal, '{"v":1,"id"')
  expect(await readRun(paths.folder)).toStrictEqual({
    manifest: sampleManifest(),
    records,
    source: 'journal',
    tornBytes: 11,
  })
})

test('a run in which no request has ended has no records', async () => {
  const paths = createRunFolder(parent, 'young')
  writeManifest(paths.folder, sampleManifest())
  openJournal(paths.journal).close()
  expect((await readRun(paths.folder)).records).toEqual([])
})

test('a complete run is read from its table, even without the journal', async () => {
  const paths = killedRun()
  writeManifest(paths.folder, completeManifest())
  await writeRequestsParquet(paths.requests, records)
  rmSync(paths.journal)
  const expected = { manifest: completeManifest(), records, source: 'parquet', tornBytes: 0 }
  expect(await readRun(paths.folder)).toStrictEqual(expected)
})

test('a damaged table is no loss while the journal is there', async () => {
  const paths = killedRun()
  await writeRequestsParquet(paths.requests, records)
  truncateSync(paths.requests, 1000)
  expect(await readRun(paths.folder)).toMatchObject({ records, source: 'journal' })
  rmSync(paths.journal)
  await expect(readRun(paths.folder)).rejects.toMatchObject({
    code: 'bad-run-folder',
    message: expect.stringContaining(paths.requests),
  })
})

test('a run without its manifest says where its requests are', async () => {
  const paths = killedRun()
  rmSync(paths.manifest)
  await expect(readRun(paths.folder)).rejects.toMatchObject({
    code: 'bad-run-folder',
    message: `${paths.folder} has lost its manifest.json`,
    hint: expect.stringContaining('journal.jsonl'),
  })
})

test('a run without journal and table is damaged', async () => {
  const paths = killedRun()
  rmSync(paths.journal)
  await expect(readRun(paths.folder)).rejects.toMatchObject({
    code: 'bad-run-folder',
    message: expect.stringContaining(paths.journal),
  })
})

test('a missing folder, a file and a folder of other things are no runs', async () => {
  const file = join(parent, 'file')
  writeFileSync(file, '')
  await expect(readRun(join(parent, 'none'))).rejects.toThrow('there is no folder')
  await expect(readRun(file)).rejects.toThrow('is no folder')
  await expect(readRun(join(file, 'x'))).rejects.toMatchObject({ code: 'bad-run-folder' })
  await expect(readRun(parent)).rejects.toThrow('is no run')
})
