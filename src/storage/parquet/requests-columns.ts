import type { SchemaElement } from 'hyparquet'
import type { RequestRecord } from '../../records/request-record.ts'

type Scalar = string | number | null

/** A column of `requests.parquet` with one value a request. `ns` is stored as INT64, `count` as INT32. */
export interface ScalarColumn {
  readonly name: string
  readonly kind: 'ns' | 'count' | 'text'
  readonly nullable: boolean
  readonly of: (record: RequestRecord) => Scalar
}

function column(name: string, kind: ScalarColumn['kind'], of: ScalarColumn['of']): ScalarColumn {
  return { name, kind, nullable: false, of }
}

function nullable(name: string, kind: ScalarColumn['kind'], of: ScalarColumn['of']): ScalarColumn {
  return { name, kind, nullable: true, of }
}

/** The columns of one value a request, in file order; the list columns follow them. */
export const SCALAR_COLUMNS: readonly ScalarColumn[] = [
  column('id', 'count', (record) => record.id),
  column('worker', 'count', (record) => record.worker),
  column('due_ns', 'ns', ({ moments }) => moments.dueNs),
  column('dispatched_ns', 'ns', ({ moments }) => moments.dispatchedNs),
  nullable('sent_ns', 'ns', ({ moments }) => moments.sentNs),
  nullable('headers_ns', 'ns', ({ moments }) => moments.headersNs),
  column('end_ns', 'ns', ({ moments }) => moments.endNs),
  column('outcome', 'text', ({ outcome }) => (outcome.kind === 'ok' ? 'ok' : outcome.reason)),
  nullable('detail', 'text', ({ outcome }) => (outcome.kind === 'ok' ? null : outcome.detail)),
  nullable('http_status', 'count', ({ outcome }) => (outcome.kind === 'ok' ? null : outcome.status)),
  column('attempts', 'count', (record) => record.attempts),
  nullable('connect_ns', 'ns', (record) => record.connectNs),
  column('prompt_tokens_wanted', 'count', ({ prompt }) => prompt.wantedTokens),
  nullable('prompt_tokens_server', 'count', ({ prompt }) => prompt.serverTokens),
  nullable('prompt_tokens_cached', 'count', ({ prompt }) => prompt.cachedTokens),
  column('output_tokens_wanted', 'count', ({ output }) => output.wantedTokens),
  nullable('output_tokens_server', 'count', ({ output }) => output.serverTokens),
  nullable('finish_reason', 'text', ({ output }) => output.finishReason),
  nullable('token_source', 'text', (record) => record.tokenSource),
  nullable('text', 'text', (record) => record.text),
  column('chunk_channels', 'text', ({ chunks }) => chunks.channels),
]

/** A column of `requests.parquet` with a list of one number a chunk. */
export interface ListColumn {
  readonly name: string
  readonly kind: 'ns' | 'count'
  readonly nullable: boolean
  readonly of: (record: RequestRecord) => ArrayLike<number> | null
}

/** The list columns, in file order. */
export const LIST_COLUMNS: readonly ListColumn[] = [
  { name: 'chunk_ns', kind: 'ns', nullable: false, of: ({ chunks }) => chunks.ns },
  { name: 'chunk_tokens', kind: 'count', nullable: true, of: ({ chunks }) => chunks.tokens },
  { name: 'chunk_chars', kind: 'count', nullable: false, of: ({ chunks }) => chunks.chars },
]

/** Path of the values of a list column inside the schema (the three-level layout of the Parquet format). */
export function listPath(name: string): string[] {
  return [name, 'list', 'element']
}

/** The Parquet schema of `requests.parquet`, in the writer's terms. */
export function requestsSchema(): SchemaElement[] {
  return [
    { name: 'schema', num_children: SCALAR_COLUMNS.length + LIST_COLUMNS.length },
    ...SCALAR_COLUMNS.map(({ name, kind, nullable }) => ({
      name,
      repetition_type: nullable ? ('OPTIONAL' as const) : ('REQUIRED' as const),
      ...(kind === 'text'
        ? { type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const }
        : { type: physicalType(kind) }),
    })),
    ...LIST_COLUMNS.flatMap(({ name, kind, nullable }): SchemaElement[] => [
      {
        name,
        repetition_type: nullable ? 'OPTIONAL' : 'REQUIRED',
        num_children: 1,
        converted_type: 'LIST',
        logical_type: { type: 'LIST' },
      },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', repetition_type: 'REQUIRED', type: physicalType(kind) },
    ]),
  ]
}

function physicalType(kind: 'ns' | 'count'): 'INT64' | 'INT32' {
  return kind === 'ns' ? 'INT64' : 'INT32'
}
