import { existsSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { anyRecord } from '../../test/storage/any-record.ts'
import { sampleRecord } from '../../test/storage/samples.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { decompressors } from './parquet/codecs.ts'
import { openFileBuffer } from './parquet/open-file-buffer.ts'
import { readRequestsParquet, writeRequestsParquet } from './requests-parquet.ts'

const folder = mkdtempSync(join(tmpdir(), 'metron-parquet-'))
const path = join(folder, 'requests.parquet')

async function roundTrip(records: Iterable<RequestRecord>): Promise<RequestRecord[]> {
  await writeRequestsParquet(path, records)
  return readRequestsParquet(path)
}

test('any records come back equal, with typed arrays', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRecord, { maxLength: 30 }), async (records) => {
      expect(await roundTrip(records)).toStrictEqual(records)
    }),
    { numRuns: 150 },
  )
})

test('no records make a table without rows', async () => {
  expect(await roundTrip([])).toEqual([])
})

test('records in several row groups come back equal and in order', async () => {
  const records = Array.from({ length: 7 }, (_, id) => ({
    ...sampleRecord(id, id % 3),
    text: String(id).repeat(6_000_000),
  }))
  expect(await roundTrip(records)).toStrictEqual(records)
  const file = await openFileBuffer(path)
  const { row_groups } = await parquetMetadataAsync(file)
  await file.close()
  expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([3, 3, 1])
})

test('records may come from an asynchronous source', async () => {
  await writeRequestsParquet(
    path,
    (async function* () {
      yield sampleRecord(0)
      yield sampleRecord(1)
    })(),
  )
  expect(await readRequestsParquet(path)).toStrictEqual([sampleRecord(0), sampleRecord(1)])
})

test('plain arrays are written as well as typed ones', async () => {
  const record = {
    ...sampleRecord(0),
    chunks: { ns: [1, 2 ** 53 - 1], channels: 'ra', chars: [3, 4], tokens: [1, 0] },
  }
  const [back] = await roundTrip([record])
  expect(Array.from(back!.chunks.ns)).toEqual([1, 2 ** 53 - 1])
  expect(Array.from(back!.chunks.tokens!)).toEqual([1, 0])
})

test('text of any script survives, a leading U+FEFF too; half of a surrogate pair becomes U+FFFD', async () => {
  const texts = ['', '\uFEFFmark', 'naïve 東京 🙂 \u0000', 'cut \ud83d']
  const back = await roundTrip(texts.map((text, id) => ({ ...sampleRecord(id), text })))
  expect(back.map(({ text }) => text)).toEqual([...texts.slice(0, 3), 'cut \ufffd'])
})

test('the columns are what the layout says, read by the generic reader of the library', async () => {
  const failed: RequestRecord = {
    ...sampleRecord(1, 0),
    outcome: { kind: 'failed', reason: 'rate-limited', detail: 'slow down', status: 429 },
  }
  await roundTrip([sampleRecord(0, 2), failed])
  const file = await openFileBuffer(path)
  const rows = await parquetReadObjects({ file, compressors: decompressors })
  await file.close()
  expect(rows[0]).toEqual({
    id: 0,
    worker: 0,
    due_ns: 0n,
    dispatched_ns: 10_000n,
    sent_ns: 20_000n,
    headers_ns: 90_000n,
    end_ns: 40_100_000n,
    outcome: 'ok',
    detail: null,
    http_status: null,
    attempts: 1,
    connect_ns: null,
    prompt_tokens_wanted: 100,
    prompt_tokens_server: 101,
    prompt_tokens_cached: null,
    output_tokens_wanted: 2,
    output_tokens_server: 2,
    finish_reason: 'stop',
    token_source: 'usage',
    text: ' and and',
    chunk_channels: 'aa',
    chunk_ns: [100_000n, 20_100_000n],
    chunk_tokens: [1, 1],
    chunk_chars: [4, 4],
  })
  expect(rows[1]).toMatchObject({
    outcome: 'rate-limited',
    detail: 'slow down',
    http_status: 429,
    chunk_ns: [],
  })
})

test('a number that is no integer cannot be written, and an older table stays', async () => {
  await roundTrip([sampleRecord(7)])
  for (const ns of [[0.5], [Number.NaN], [2 ** 53]]) {
    const chunks = { ns, channels: 'a', chars: [1], tokens: null }
    await expect(writeRequestsParquet(path, [{ ...sampleRecord(0), chunks }])).rejects.toMatchObject({
      code: 'cannot-write',
      message: expect.stringContaining('expected an integer'),
    })
  }
  expect(await readRequestsParquet(path)).toStrictEqual([sampleRecord(7)])
  expect(readdirSync(folder)).toEqual(['requests.parquet'])
})

test('a failing source leaves no half-written table', async () => {
  const target = join(folder, 'failing.parquet')
  const source = (function* () {
    yield sampleRecord(0)
    throw new Error('source broke')
  })()
  await expect(writeRequestsParquet(target, source)).rejects.toThrow('source broke')
  expect(existsSync(target)).toBe(false)
})

test('a place that cannot be written is an error with what to do', async () => {
  const target = join(path, 'requests.parquet')
  await expect(writeRequestsParquet(target, [sampleRecord(0)])).rejects.toMatchObject({
    code: 'cannot-write',
    message: `cannot write ${target}: ENOTDIR`,
    hint: expect.stringContaining('is a file'),
  })
})

test('a table cut at any length is an error; one with a changed byte is an error of ours or has records, never a crash', async () => {
  await roundTrip(Array.from({ length: 20 }, (_, id) => sampleRecord(id, 50)))
  const whole = readFileSync(path)
  for (let length = 0; length < whole.length; length += 97) {
    truncateSync(path, 0)
    writeFileSync(path, whole.subarray(0, length))
    await expect(readRequestsParquet(path)).rejects.toMatchObject({ code: 'bad-run-folder' })
  }
  for (let at = 0; at < whole.length; at += 31) {
    const changed = Buffer.from(whole)
    changed[at]! ^= 0xff
    writeFileSync(path, changed)
    await readRequestsParquet(path).catch((error) => {
      expect(['bad-run-folder', 'unsupported']).toContain(error.code)
    })
  }
})

test('a missing table is an error that says so', async () => {
  await expect(readRequestsParquet(join(folder, 'none.parquet'))).rejects.toMatchObject({
    code: 'bad-run-folder',
    message: expect.stringContaining('ENOENT'),
  })
})
