import * as z from 'zod'
import { tokens } from './foreign-fields.ts'
import type { ForeignFile } from './foreign-file.ts'
import type { Importer } from './importer.ts'
import { LIMITS } from './limits.ts'
import { type ForeignRequest, makeRecord } from './make-record.ts'
import { badForeignFile, type ForeignLine, parseLines } from './parse-foreign-json.ts'

const NS_PER_UNIT = { ns: 1, us: 1e3, ms: 1e6, sec: 1e9, s: 1e9 } as const

const duration = <T extends z.ZodType>(value: T) =>
  z.object({ value, unit: z.enum(Object.keys(NS_PER_UNIT) as (keyof typeof NS_PER_UNIT)[]) })
const time = () => z.number().min(0).max(1e16)
const count = z.object({ value: tokens() })
/** Up to the year 2286. */
const epochNs = z.number().min(0).max(1e19)

const row = z.object({
  metadata: z.object({
    credit_issued_ns: epochNs.nullish(),
    request_start_ns: epochNs,
    request_end_ns: epochNs,
    benchmark_phase: z.string().nullish(),
    was_cancelled: z.boolean().nullish(),
  }),
  metrics: z.object({
    time_to_first_token: duration(time()).optional(),
    inter_chunk_latency: duration(z.array(time())).optional(),
    request_latency: duration(time()).optional(),
    input_sequence_length: count.optional(),
    error_isl: count.optional(),
    output_sequence_length: count.optional(),
    output_token_count: count.optional(),
  }),
  error: z
    .object({ code: z.int32().nullish(), type: z.string().nullish(), message: z.string().nullish() })
    .nullish(),
})
type Row = z.output<typeof row>

/** AIPerf's `profile_export.jsonl`: one request a line, wall-clock nanoseconds and milliseconds. */
export const aiperfRecords: Importer = {
  kind: 'aiperf',
  summary: 'AIPerf: profile_export.jsonl, one request a line',
  recognize: (sample) =>
    typeof sample === 'object' && sample !== null && 'metadata' in sample && 'metrics' in sample,
  read(file) {
    const rows = parseLines(file, row)
    const hasDueTimes = rows.every(({ value }) => typeof value.metadata.credit_issued_ns === 'number')
    const dueOf = ({ metadata }: Row) =>
      hasDueTimes ? metadata.credit_issued_ns! : metadata.request_start_ns
    const zeroNs = rows.reduce((first, { value }) => Math.min(first, dueOf(value)), Number.MAX_VALUE)
    const measured = rows.filter(({ value }) => value.metadata.benchmark_phase !== 'warmup')
    const whole = measured.filter(
      ({ value }) => value.error == null && value.metrics.time_to_first_token === undefined,
    )
    return {
      records: rows.map((each, id) =>
        makeRecord({ id, ...toRequest(file, each, dueOf(each.value), zeroNs) }),
      ),
      hasDueTimes,
      measureFromNs:
        measured.length === rows.length
          ? 0
          : Math.round(
              measured.reduce((first, { value }) => Math.min(first, dueOf(value)), Number.MAX_VALUE) - zeroNs,
            ),
      startedAt: new Date(zeroNs / 1e6).toISOString(),
      model: null,
      users: null,
      limits: [
        hasDueTimes
          ? 'A request counts as due when its credit was issued: with a cap on concurrency that is when a place became free, not when it should have been sent.'
          : LIMITS.noDue,
        'Starts are of the wall clock, which can be set during a run, and exact to 256 ns here.',
        LIMITS.spread,
        ...(whole.length === 0
          ? []
          : [`${whole.length} requests were not streamed: all their tokens came at the end.`]),
      ],
    }
  },
}

function toRequest(
  file: ForeignFile,
  { line, value }: ForeignLine<Row>,
  dueNs: number,
  zeroNs: number,
): Omit<ForeignRequest, 'id'> {
  const { metadata, metrics, error } = value
  const field = (name: string, problem: string) => badForeignFile(file, line, `field ${name}: ${problem}`)
  if (metadata.request_start_ns < dueNs)
    throw field('metadata.request_start_ns', 'is earlier than credit_issued_ns')
  if (metadata.request_end_ns < metadata.request_start_ns)
    throw field('metadata.request_end_ns', 'is earlier than request_start_ns')
  const failed = error != null || metadata.was_cancelled === true
  const gapsNs = gapsOf(metrics)
  if (gapsNs.length === 0 && !failed)
    throw field('metrics.time_to_first_token', 'is missing, and so is request_latency')
  if (gapsNs.length === 1 && !failed && hidesChunks(metrics))
    throw field('metrics.inter_chunk_latency', 'is missing: the file does not tell when the tokens came')
  return {
    dueNs: Math.round(dueNs - zeroNs),
    sentNs: Math.round(metadata.request_start_ns - zeroNs),
    endNs: Math.round(metadata.request_end_ns - zeroNs),
    gapsNs,
    promptTokens: (metrics.input_sequence_length ?? metrics.error_isl)?.value ?? null,
    outputTokens: (metrics.output_sequence_length ?? metrics.output_token_count)?.value ?? null,
    failure: failed ? failureOf(value) : null,
  }
}

function gapsOf({ time_to_first_token, inter_chunk_latency, request_latency }: Row['metrics']): number[] {
  const first = time_to_first_token ?? request_latency
  if (first === undefined) return []
  const gaps = inter_chunk_latency?.value ?? []
  const factor = inter_chunk_latency === undefined ? 1 : NS_PER_UNIT[inter_chunk_latency.unit]
  return [Math.round(first.value * NS_PER_UNIT[first.unit]), ...gaps.map((gap) => Math.round(gap * factor))]
}

/** One chunk is all there was when it is also where the latency ends. */
function hidesChunks({ time_to_first_token, request_latency }: Row['metrics']): boolean {
  if (time_to_first_token === undefined || request_latency === undefined) return false
  const firstNs = time_to_first_token.value * NS_PER_UNIT[time_to_first_token.unit]
  return request_latency.value * NS_PER_UNIT[request_latency.unit] - firstNs > 1e3
}

function failureOf({ error, metadata }: Row): NonNullable<ForeignRequest['failure']> {
  const status = error?.code ?? null
  const detail = [error?.type, error?.message].filter((text) => text != null && text !== '').join(': ')
  if (metadata.was_cancelled === true)
    return { reason: 'unfinished', detail: detail || 'cancelled', status: null }
  if (status === 429) return { reason: 'rate-limited', detail, status }
  return { reason: status !== null && status >= 400 ? 'http-status' : 'unknown', detail, status }
}
