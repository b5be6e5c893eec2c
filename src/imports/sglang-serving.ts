import type { Importer } from './importer.ts'
import { LIMITS } from './limits.ts'
import { parseDocument } from './parse-foreign-json.ts'
import { hasServingColumns, servingColumns, servingRecords, servingUsers } from './serving-columns.ts'

/** `python -m sglang.bench_serving --output-details`: a line a run is added to the file. */
export const sglangServing: Importer = {
  kind: 'sglang',
  summary: 'sglang.bench_serving --output-details: one JSON document on one line',
  recognize: (sample) =>
    hasServingColumns(sample) &&
    ('total_output_tokens_retokenized' in sample || 'mean_e2e_latency_ms' in sample),
  read(file) {
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
        'With the native backend, or a speculative one, SGLang divides a gap by its tokens and repeats the share: such gaps are means, so that stalls look shorter than they were.',
        'SGLang puts the asked output length where the server sent no usage, and opens a connection for each request, which is part of its time to first token.',
        LIMITS.noEnds,
      ],
    }
  },
}
