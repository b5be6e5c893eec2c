import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRunFolder } from './run-folder.ts'

const parent = mkdtempSync(join(tmpdir(), 'metron-runs-'))

test('a run folder is made with its parent, and the paths lie in it', () => {
  const paths = createRunFolder(join(parent, 'deep', 'runs'), 'first')
  const folder = join(parent, 'deep', 'runs', 'first')
  expect(existsSync(folder)).toBe(true)
  expect(paths).toEqual({
    name: 'first',
    folder,
    manifest: join(folder, 'manifest.json'),
    journal: join(folder, 'journal.jsonl'),
    requests: join(folder, 'requests.parquet'),
    summary: join(folder, 'summary.json'),
    report: join(folder, 'report.html'),
  })
})

test('a name that is taken gets a number, and nothing is overwritten', () => {
  const runs = join(parent, 'taken')
  const names = [1, 2, 3].map(() => createRunFolder(runs, 'same').name)
  writeFileSync(join(runs, 'same-4'), 'a file')
  expect([...names, createRunFolder(runs, 'same').name]).toEqual(['same', 'same-2', 'same-3', 'same-5'])
})

test('no name leads out of the runs folder', () => {
  const runs = join(parent, 'caged')
  for (const name of ['..', '../out', '/etc', 'a/../../b', '']) {
    expect(() => createRunFolder(runs, name)).toThrow(expect.objectContaining({ code: 'bad-config' }))
  }
  expect(readdirSync(parent)).not.toContain('caged')
  expect(createRunFolder(runs, 'good').folder).toBe(join(runs, 'good'))
})

test('a parent that is a file is an error with what to do', () => {
  const file = join(parent, 'file')
  writeFileSync(file, '')
  for (const place of [file, join(file, 'runs')]) {
    expect(() => createRunFolder(place, 'run')).toThrow(
      expect.objectContaining({ code: 'cannot-write', message: expect.stringContaining(place) }),
    )
  }
})
