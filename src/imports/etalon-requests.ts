import * as z from 'zod'
import { requireEqualLengths, seconds, tokens, toNs } from './foreign-fields.ts'
import type { Importer } from './importer.ts'
import { LIMITS } from './limits.ts'
import { makeRecord } from './make-record.ts'
import { parseDocument } from './parse-foreign-json.ts'

const table = z
  .object({
    ttft: z.array(seconds()),
    num_prompt_tokens: z.array(tokens()),
    num_output_tokens: z.array(tokens()),
    tbt: z.array(z.array(seconds())),
  })
  .superRefine((columns, context) => {
    requireEqualLengths(columns, context)
    if (columns.ttft.length === 0)
      context.addIssue({ code: 'custom', path: ['ttft'], message: 'has no request' })
  })

/** Etalon's `request_level_metrics.json`: parallel columns, seconds. */
export const etalonRequests: Importer = {
  kind: 'etalon',
  summary: 'Etalon (the first Metron): request_level_metrics.json',
  recognize: (sample) =>
    typeof sample === 'object' && sample !== null && 'tbt' in sample && 'min_tbt_deadline_to_meet' in sample,
  read(file) {
    const { ttft, tbt, num_prompt_tokens, num_output_tokens } = parseDocument(file, table)
    return {
      records: ttft.map((first, id) =>
        makeRecord({
          id,
          dueNs: 0,
          sentNs: 0,
          gapsNs: num_output_tokens[id] === 0 ? [] : [first, ...tbt[id]!].map(toNs),
          promptTokens: num_prompt_tokens[id]!,
          outputTokens: num_output_tokens[id]!,
        }),
      ),
      hasDueTimes: false,
      measureFromNs: 0,
      startedAt: null,
      model: null,
      users: null,
      limits: [
        LIMITS.noDue,
        LIMITS.noStarts,
        LIMITS.noStart,
        LIMITS.spread,
        'Failed requests are not marked: one without a token counts as failed, one that broke off after some tokens counts as answered.',
      ],
    }
  },
}
