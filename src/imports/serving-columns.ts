import * as z from 'zod'
import type { RequestRecord } from '../records/request-record.ts'
import { requireEqualLengths, seconds, tokens, toNs } from './foreign-fields.ts'
import type { ForeignFile } from './foreign-file.ts'
import type { ImportedRun } from './importer.ts'
import { LIMITS } from './limits.ts'
import { makeRecord } from './make-record.ts'
import { parseDocument } from './parse-foreign-json.ts'

const columns = {
  input_lens: z.array(tokens()),
  output_lens: z.array(tokens()),
  ttfts: z.array(seconds()),
  itls: z.array(z.array(seconds())),
  errors: z.array(z.string().nullable()),
  start_times: z.array(z.number().min(0)).optional(),
}

/** One row a request in parallel columns: what vLLM and SGLang write with their options for details. */
const servingColumns = z
  .object({
    ...columns,
    model_id: z.string().optional(),
    max_concurrency: z.int().positive().nullish(),
    request_rate: z.union([z.string(), z.number()]).nullish(),
  })
  .superRefine(({ input_lens, output_lens, ttfts, itls, errors, start_times }, context) => {
    requireEqualLengths({ ttfts, itls, output_lens, input_lens, errors, start_times }, context)
    if (ttfts.length === 0) context.addIssue({ code: 'custom', path: ['ttfts'], message: 'has no request' })
  })

type ServingColumns = z.output<typeof servingColumns>

/** Whether a document has the columns, in whichever tool's hand. */
export function hasServingColumns(sample: unknown): sample is Record<string, unknown> {
  return typeof sample === 'object' && sample !== null && 'ttfts' in sample && 'itls' in sample
}

/**
 * Reads such a document.
 *
 * @param ownLimits what the tool at hand gets wrong or leaves out, one sentence each
 */
export function readServingColumns(file: ForeignFile, ownLimits: readonly string[]): ImportedRun {
  const table = parseDocument(file, servingColumns)
  return {
    records: servingRecords(table),
    hasDueTimes: false,
    measureFromNs: 0,
    startedAt: null,
    model: table.model_id ?? null,
    users: servingUsers(table),
    limits: [
      LIMITS.noDue,
      ...(table.start_times === undefined ? [LIMITS.noStarts] : []),
      LIMITS.noStart,
      LIMITS.spread,
      ...ownLimits,
      LIMITS.noEnds,
    ],
  }
}

/**
 * The requests of such a table. A request with an error text failed; so did one without a time to first token. Without
 * start times all begin at 0.
 */
function servingRecords(table: ServingColumns): RequestRecord[] {
  const { ttfts, itls, input_lens, output_lens, errors, start_times } = table
  const zeroSec = start_times === undefined ? 0 : start_times.reduce((a, b) => Math.min(a, b))
  return ttfts.map((ttft, id) => {
    const sentNs = toNs((start_times?.[id] ?? 0) - zeroSec)
    const error = errors[id] ?? ''
    return makeRecord({
      id,
      dueNs: sentNs,
      sentNs,
      gapsNs: ttft === 0 ? [] : [ttft, ...itls[id]!].map(toNs),
      promptTokens: input_lens[id]!,
      outputTokens: output_lens[id]!,
      failure: error.trim() === '' ? null : { reason: 'unknown', detail: lastLine(error), status: null },
    })
  })
}

/** Both tools keep a Python traceback, whose last line says what happened. */
function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)!
}

/** Users of a closed loop: a cap on requests in flight and no rate. */
function servingUsers({ max_concurrency, request_rate }: ServingColumns): number | null {
  return request_rate === 'inf' || request_rate === null ? (max_concurrency ?? null) : null
}
