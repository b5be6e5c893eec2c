import * as z from 'zod'
import { seconds, tokens, toNs } from './foreign-fields.ts'
import type { Importer } from './importer.ts'
import { LIMITS } from './limits.ts'
import { makeRecord } from './make-record.ts'
import { badForeignFile, parseLines } from './parse-foreign-json.ts'

const moment = () => z.number().min(0)

const row = z.object({
  scheduler_ready_at: moment(),
  client_picked_up_at: moment(),
  num_total_prompt_tokens: tokens().nullish(),
  num_output_tokens: tokens(),
  is_stream: z.boolean(),
  ttfc: seconds(),
  tbc: z.array(seconds()).nullish(),
})

/** Veeksha's `request_level_metrics.jsonl`: one request a line, seconds of a monotonic clock. */
export const veekshaRequests: Importer = {
  kind: 'veeksha',
  summary: 'Veeksha: request_level_metrics.jsonl, one request a line',
  recognize: (sample) =>
    typeof sample === 'object' && sample !== null && 'ttfc' in sample && 'scheduler_ready_at' in sample,
  read(file) {
    const rows = parseLines(file, row)
    const zeroSec = rows.reduce(
      (first, { value }) => Math.min(first, value.scheduler_ready_at),
      Number.MAX_VALUE,
    )
    const whole = rows.filter(({ value }) => !value.is_stream).length
    return {
      records: rows.map(({ line, value }, id) => {
        const dueNs = toNs(value.scheduler_ready_at - zeroSec)
        const sentNs = toNs(value.client_picked_up_at - zeroSec)
        if (sentNs < dueNs)
          throw badForeignFile(file, line, 'field client_picked_up_at: is earlier than scheduler_ready_at')
        return makeRecord({
          id,
          dueNs,
          sentNs,
          gapsNs: value.num_output_tokens === 0 ? [] : [value.ttfc, ...(value.tbc ?? [])].map(toNs),
          promptTokens: value.num_total_prompt_tokens ?? null,
          outputTokens: value.num_output_tokens,
        })
      }),
      hasDueTimes: true,
      measureFromNs: 0,
      startedAt: null,
      model: null,
      users: null,
      limits: [
        'A request counts as due when its scheduler took it up: how late that was against the asked arrival is not in the file.',
        'The sending is not in the file: the moment stands for it at which a client took the request up, just before.',
        LIMITS.noStart,
        LIMITS.spread,
        LIMITS.noFailed,
        'Times are rounded to 10 microseconds.',
        ...(whole === 0 ? [] : [`${whole} requests were not streamed: all their tokens came at the end.`]),
      ],
    }
  },
}
