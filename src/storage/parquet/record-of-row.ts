import type { Chunks, RequestRecord } from '../../records/request-record.ts'
import { RECORD_SCHEMA_VERSION } from '../../records/request-record.ts'
import { journalLineSchema } from '../journal-line-schema.ts'
import { isJournalLine } from '../parse-journal-line.ts'

/**
 * One row of `requests.parquet` as a record.
 *
 * @param cell the value of a column of one value a request; `null` when it is missing
 * @throws ZodError naming the field when a value cannot be what it should; RangeError when the columns of `chunks`
 * differ in length
 */
export function recordOfRow(
  cell: (column: string) => unknown,
  chunks: Omit<Chunks, 'channels'>,
): RequestRecord {
  const outcome = cell('outcome')
  const row = {
    id: cell('id'),
    worker: cell('worker'),
    moments: {
      dueNs: cell('due_ns'),
      dispatchedNs: cell('dispatched_ns'),
      sentNs: cell('sent_ns'),
      headersNs: cell('headers_ns'),
      endNs: cell('end_ns'),
    },
    outcome:
      outcome === 'ok'
        ? { kind: 'ok' }
        : { kind: 'failed', reason: outcome, detail: cell('detail'), status: cell('http_status') },
    attempts: cell('attempts'),
    connectNs: cell('connect_ns'),
    prompt: {
      wantedTokens: cell('prompt_tokens_wanted'),
      serverTokens: cell('prompt_tokens_server'),
      cachedTokens: cell('prompt_tokens_cached'),
    },
    output: {
      wantedTokens: cell('output_tokens_wanted'),
      serverTokens: cell('output_tokens_server'),
      finishReason: cell('finish_reason'),
    },
    tokenSource: cell('token_source'),
    text: cell('text'),
  }
  // The long columns are checked below by length alone; everything else is held to the schema of a journal line.
  const line = { v: RECORD_SCHEMA_VERSION, ...row, chunks: { ns: [], channels: '', chars: [], tokens: null } }
  const { v: _version, ...fields } = isJournalLine(line) ? line : journalLineSchema.parse(line)

  const channels = cell('chunk_channels')
  const count = chunks.ns.length
  const lengths = [(channels as string | null)?.length, chunks.chars.length, chunks.tokens?.length ?? count]
  if (lengths.some((length) => length !== count)) {
    throw new RangeError(`the chunk columns of request ${fields.id} differ in length`)
  }
  return { ...fields, chunks: { ...chunks, channels: channels as string } }
}
