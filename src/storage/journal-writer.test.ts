import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sampleRecord } from '../../test/storage/samples.ts'
import { readJournal } from './journal-reader.ts'
import { openJournal } from './journal-writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'metron-journal-'))

test('each request becomes one line that starts with its version', () => {
  const path = join(folder, 'lines.jsonl')
  const journal = openJournal(path)
  journal.append([sampleRecord(0), sampleRecord(1)])
  journal.append([])
  journal.append([sampleRecord(2)])
  journal.close()
  journal.close()

  const lines = readFileSync(path, 'utf8').split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[3]).toBe('')
  expect(lines.slice(0, 3).every((line) => line.startsWith('{"v":1,"id":'))).toBe(true)
  expect(JSON.parse(lines[0]!).chunks.ns).toEqual([100_000, 20_100_000, 40_100_000])
})

test('killing the process with SIGKILL loses no request that was appended', async () => {
  const path = join(folder, 'killed.jsonl')
  const script = `
    import { openJournal } from ${JSON.stringify(new URL('./journal-writer.ts', import.meta.url).href)}
    import { sampleRecord } from ${JSON.stringify(new URL('../../test/storage/samples.ts', import.meta.url).href)}
    const journal = openJournal(${JSON.stringify(path)})
    for (let id = 0; id < 500; id++) journal.append([sampleRecord(id, 200)])
    process.kill(process.pid, 'SIGKILL')
  `
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  expect(child.stderr).toBe('')
  expect(child.signal).toBe('SIGKILL')

  const { records, tornBytes } = await readJournal(path)
  expect(tornBytes).toBe(0)
  expect(records.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, id) => id))
})

test('a journal that already holds requests is not written into', () => {
  const path = join(folder, 'used.jsonl')
  writeFileSync(path, '{"v":1}\n')
  expect(() => openJournal(path)).toThrow(expect.objectContaining({ code: 'cannot-write' }))
  expect(readFileSync(path, 'utf8')).toBe('{"v":1}\n')
})

test('a closed journal refuses requests', () => {
  const journal = openJournal(join(folder, 'closed.jsonl'))
  journal.close()
  expect(() => journal.append([sampleRecord(0)])).toThrow('closed')
})

test('a path below a file cannot be written, and the error names the path and what to do', () => {
  const file = join(folder, 'a-file')
  writeFileSync(file, '')
  expect(() => openJournal(join(file, 'journal.jsonl'))).toThrow(
    expect.objectContaining({
      code: 'cannot-write',
      message: expect.stringContaining(join(file, 'journal.jsonl')),
      hint: expect.stringContaining('is a file, not a folder'),
    }),
  )
})

test('a missing folder cannot be written', () => {
  expect(() => openJournal(join(folder, 'missing', 'journal.jsonl'))).toThrow(
    expect.objectContaining({ code: 'cannot-write', hint: expect.stringContaining('missing') }),
  )
})

test.runIf(existsSync('/dev/full'))('a full disk is said, and every later append fails too', () => {
  const journal = openJournal('/dev/full')
  const full = expect.objectContaining({
    code: 'cannot-write',
    message: 'cannot write /dev/full: ENOSPC',
    hint: expect.stringContaining('disk is full'),
  })
  expect(() => journal.append([sampleRecord(0)])).toThrow(full)
  expect(() => journal.append([sampleRecord(1)])).toThrow(full)
  journal.close()
})

test.runIf(existsSync('/proc/self'))('a place that nobody may write to is said', () => {
  expect(() => openJournal('/proc/self/journal.jsonl')).toThrow(
    expect.objectContaining({ code: 'cannot-write' }),
  )
})
