import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { RequestRecord } from '../../src/records/request-record.ts'
import { readRequestsParquet, writeRequestsParquet } from '../../src/storage/requests-parquet.ts'
import { sampleRecord } from '../storage/samples.ts'

/** The little of DuckDB and polars that these tests use; their own types are not installed with the package. */
interface DuckDb {
  DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<DuckDbConnection> }> }
}
interface DuckDbConnection {
  runAndReadAll(sql: string): Promise<{ getRowObjectsJS(): Record<string, unknown>[] }>
}
interface Polars {
  readParquet(path: string): PolarsFrame
  col(name: string): PolarsColumn
}
interface PolarsFrame {
  readonly height: number
  readonly columns: string[]
  select(...columns: PolarsColumn[]): { toRecords(): Record<string, unknown>[] }
  writeParquet(path: string, options?: { compression: string }): void
}
interface PolarsColumn {
  readonly lst: { sum(): PolarsColumn; lengths(): PolarsColumn }
  sum(): PolarsColumn
  nullCount(): PolarsColumn
  alias(name: string): PolarsColumn
}

const installed = existsSync(fileURLToPath(new URL('node_modules', import.meta.url)))
const inCi = Boolean(process.env.CI)
const readerTest = test.skipIf(!installed && !inCi)

async function load<Package>(name: string): Promise<Package> {
  if (!installed) {
    throw new Error(
      `${name} is not installed: run \`node scripts/setup.mjs --tests\` in the root of the repository`,
    )
  }
  const module = await import(name)
  return module.default ?? module
}

const path = join(mkdtempSync(join(tmpdir(), 'metron-interop-')), 'requests.parquet')
const records: RequestRecord[] = Array.from({ length: 3000 }, (_, id) => {
  const record = sampleRecord(id, id % 7 === 0 ? 0 : 100 + (id % 300))
  if (id % 5 === 0) return { ...record, chunks: { ...record.chunks, tokens: null }, tokenSource: null }
  if (id % 11 !== 0) return { ...record, text: `№ ${id} 東京 🙂\u0000 "quoted"` }
  const outcome = { kind: 'failed', reason: 'truncated', detail: 'cut – off', status: 200 } as const
  return { ...record, outcome, connectNs: 2 ** 52 + id, text: null }
})
await writeRequestsParquet(path, records)

function sumOf(lists: (ArrayLike<number> | null)[]): number {
  return lists.reduce(
    (total, list) => total + Array.from(list ?? []).reduce((sum, value) => sum + value, 0),
    0,
  )
}

const expected = {
  requests: 3000,
  chunks: sumOf(records.map(({ chunks }) => [chunks.ns.length])),
  sumNs: sumOf(records.map(({ chunks }) => chunks.ns)),
  sumTokens: sumOf(records.map(({ chunks }) => chunks.tokens)),
  sumChars: sumOf(records.map(({ chunks }) => chunks.chars)),
  withoutTokens: records.filter(({ chunks }) => chunks.tokens === null).length,
}

async function connect(): Promise<DuckDbConnection> {
  const { DuckDBInstance } = await load<DuckDb>('@duckdb/node-api')
  return (await DuckDBInstance.create(':memory:')).connect()
}

readerTest('DuckDB finds the same counts, sums of list columns and missing lists', async () => {
  const result = await (await connect()).runAndReadAll(`
    select count(*) as requests, sum(len(chunk_ns)) as chunks, sum(list_sum(chunk_ns)) as "sumNs",
      sum(list_sum(chunk_tokens)) as "sumTokens", sum(list_sum(chunk_chars)) as "sumChars",
      count(*) filter (where chunk_tokens is null) as "withoutTokens"
    from '${path}'`)
  const [row] = result.getRowObjectsJS()
  expect(Object.fromEntries(Object.entries(row!).map(([key, value]) => [key, Number(value)]))).toEqual(
    expected,
  )
})

readerTest('DuckDB reads every scalar column of every row as it was written', async () => {
  const result = await (await connect()).runAndReadAll(`
    select id, due_ns, connect_ns, outcome, detail, http_status, finish_reason, token_source, text, chunk_channels
    from '${path}' order by id`)
  expect(result.getRowObjectsJS()).toEqual(
    records.map(({ id, moments, connectNs, outcome, output, tokenSource, text, chunks }) => ({
      id,
      due_ns: BigInt(moments.dueNs),
      connect_ns: connectNs === null ? null : BigInt(connectNs),
      outcome: outcome.kind === 'ok' ? 'ok' : outcome.reason,
      detail: outcome.kind === 'ok' ? null : outcome.detail,
      http_status: outcome.kind === 'ok' ? null : outcome.status,
      finish_reason: output.finishReason,
      token_source: tokenSource,
      text,
      chunk_channels: chunks.channels,
    })),
  )
})

readerTest.each(['snappy', 'zstd', 'gzip', 'brotli'])(
  'a table that DuckDB wrote again with %s is read back equal',
  async (codec) => {
    const copy = `${path}.duckdb-${codec}`
    await (await connect()).runAndReadAll(
      `copy (select * from '${path}' order by id) to '${copy}' (format parquet, codec ${codec}, row_group_size 2048)`,
    )
    expect(await readRequestsParquet(copy)).toStrictEqual(records)
  },
)

readerTest('polars finds the same counts, sums of list columns and missing lists', async () => {
  const pl = await load<Polars>('nodejs-polars')
  const frame = pl.readParquet(path)
  const [row] = frame
    .select(
      pl.col('chunk_ns').lst.lengths().sum().alias('chunks'),
      pl.col('chunk_ns').lst.sum().sum().alias('sumNs'),
      pl.col('chunk_tokens').lst.sum().sum().alias('sumTokens'),
      pl.col('chunk_chars').lst.sum().sum().alias('sumChars'),
      pl.col('chunk_tokens').nullCount().alias('withoutTokens'),
    )
    .toRecords()
  const numbers = Object.fromEntries(Object.entries(row!).map(([key, value]) => [key, Number(value)]))
  expect({ requests: frame.height, ...numbers }).toEqual(expected)
})

readerTest.each(['snappy', 'zstd'])(
  'a table that polars wrote again with %s is read back equal',
  async (compression) => {
    const pl = await load<Polars>('nodejs-polars')
    const copy = `${path}.polars-${compression}`
    pl.readParquet(path).writeParquet(copy, { compression })
    expect(await readRequestsParquet(copy)).toStrictEqual(records)
  },
)
