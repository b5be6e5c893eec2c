import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyRecord } from '../../test/storage/any-record.ts'
import { sampleRecord } from '../../test/storage/samples.ts'
import { formatJournalLine } from './journal-line.ts'
import { readJournal } from './journal-reader.ts'

const folder = mkdtempSync(join(tmpdir(), 'metron-journal-'))
const path = join(folder, 'journal.jsonl')

async function readText(text: string | Buffer) {
  writeFileSync(path, text)
  return readJournal(path)
}

function changed(change: (line: ReturnType<typeof JSON.parse>) => void): string {
  const line = JSON.parse(formatJournalLine(sampleRecord(0)))
  change(line)
  return `${formatJournalLine(sampleRecord(1))}${JSON.stringify(line)}\n${formatJournalLine(sampleRecord(2))}`
}

test('any records come back equal, with typed arrays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRecord, { maxLength: 5 }), async (records) => {
      const journal = await readText(records.map(formatJournalLine).join(''))
      expect(journal).toStrictEqual({ records, tornBytes: 0 })
    }),
    { numRuns: 200 },
  )
})

test('half of a surrogate pair survives, for JSON escapes it', async () => {
  const record = { ...sampleRecord(0), text: 'cut \ud83d' }
  expect((await readText(formatJournalLine(record))).records[0]!.text).toBe('cut \ud83d')
})

test('an empty journal has no records', async () => {
  expect(await readText('')).toEqual({ records: [], tornBytes: 0 })
})

test('a journal cut at any byte gives the records before the cut and counts the rest', async () => {
  const lines = [sampleRecord(0), sampleRecord(1)].map(formatJournalLine)
  const whole = Buffer.from(lines.join(''))
  const first = lines[0]!.length
  for (let cut = 0; cut <= whole.length; cut += 7) {
    const { records, tornBytes } = await readText(whole.subarray(0, cut))
    expect(records).toHaveLength(cut < first - 1 ? 0 : cut < whole.length - 1 ? 1 : 2)
    expect(tornBytes).toBe(records.length === 0 ? cut : records.length === 1 ? Math.max(0, cut - first) : 0)
  }
})

test('a last line without its newline counts when it is whole', async () => {
  const { records, tornBytes } = await readText(formatJournalLine(sampleRecord(0)).trimEnd())
  expect(records).toHaveLength(1)
  expect(tornBytes).toBe(0)
})

test('a last line of zero bytes, as a crashed file system leaves it, is left out', async () => {
  const { records, tornBytes } = await readText(`${formatJournalLine(sampleRecord(0))}\0\0\0\0`)
  expect(records).toHaveLength(1)
  expect(tornBytes).toBe(4)
})

test('a line longer than a read block comes back equal', async () => {
  const long = { ...sampleRecord(0, 200_000), text: 'ü'.repeat(1_500_000) }
  const { records } = await readText(formatJournalLine(long) + formatJournalLine(sampleRecord(1)))
  expect(records).toStrictEqual([long, sampleRecord(1)])
})

test('a torn line in the middle is an error that names file and line', async () => {
  const text = `${formatJournalLine(sampleRecord(0))}{"v":1,"id":\n${formatJournalLine(sampleRecord(1))}`
  await expect(readText(text)).rejects.toMatchObject({
    code: 'bad-run-folder',
    message: `${path} line 2: it is not valid JSON`,
    hint: expect.stringContaining('Remove that line'),
  })
})

test.each<[string, (line: ReturnType<typeof JSON.parse>) => void]>([
  ['id', (line) => (line.id = -1)],
  ['moments.dueNs', (line) => (line.moments.dueNs = null)],
  ['moments.endNs', (line) => (line.moments.endNs = 0.5)],
  [
    'outcome.reason',
    (line) => (line.outcome = { kind: 'failed', reason: 'other', detail: '', status: null }),
  ],
  ['attempts', (line) => (line.attempts = 0)],
  ['prompt.serverTokens', (line) => (line.prompt.serverTokens = 'many')],
  ['chunks.ns[1]', (line) => (line.chunks.ns[1] = null)],
  ['chunks.ns[2]', (line) => (line.chunks.ns[2] = 0)],
  ['chunks.channels', (line) => (line.chunks.channels = 'aax')],
  ['chunks.chars', (line) => line.chunks.chars.pop()],
  ['chunks.tokens[0]', (line) => (line.chunks.tokens[0] = 2 ** 31)],
  ['tokenSource', (line) => (line.tokenSource = 'guess')],
  ['text', (line) => delete line.text],
])('a malformed %s is named with file and line', async (field, change) => {
  await expect(readText(changed(change))).rejects.toMatchObject({
    code: 'bad-run-folder',
    message: expect.stringContaining(`${path} line 2: field ${field}: `),
  })
})

test('an unknown field is named', async () => {
  await expect(readText(changed((line) => (line.extra = 1)))).rejects.toThrow('extra')
})

test('a number that is not finite is refused, for it was written as null', async () => {
  const record = { ...sampleRecord(0), connectNs: Number.NaN, attempts: Number.POSITIVE_INFINITY }
  await expect(readText(formatJournalLine(record))).rejects.toThrow('field attempts')
})

test('a line of a newer version asks for a newer Metron', async () => {
  await expect(readText(changed((line) => (line.v = 2)))).rejects.toMatchObject({
    code: 'unsupported',
    message: `${path} line 2 has version 2; this Metron reads up to 1`,
  })
})

test('lines that are JSON but no object are refused', async () => {
  for (const text of ['null\n', '7\n', '[]\n', '\n{}\n']) {
    await expect(readText(text)).rejects.toMatchObject({ code: 'bad-run-folder' })
  }
})

test('a missing journal and a folder in its place are said', async () => {
  await expect(readJournal(join(folder, 'none.jsonl'))).rejects.toMatchObject({
    code: 'bad-run-folder',
    message: expect.stringContaining('ENOENT'),
  })
  await expect(readJournal(folder)).rejects.toMatchObject({ code: 'bad-run-folder' })
  expect(readFileSync(path)).toBeDefined()
})
