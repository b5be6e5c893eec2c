import type { Importer } from './importer.ts'
import { hasServingColumns, readServingColumns } from './serving-columns.ts'

/** `python -m sglang.bench_serving --output-details`: a line a run is added to the file. */
export const sglangServing: Importer = {
  kind: 'sglang',
  summary: 'sglang.bench_serving --output-details: one JSON document on one line',
  recognize: (sample) =>
    hasServingColumns(sample) &&
    ('total_output_tokens_retokenized' in sample || 'mean_e2e_latency_ms' in sample),
  read: (file) =>
    readServingColumns(file, [
      'With the native backend, or a speculative one, SGLang divides a gap by its tokens and repeats the share: such gaps are means, so that stalls look shorter than they were.',
      'SGLang puts the asked output length where the server sent no usage, and opens a connection for each request, which is part of its time to first token.',
    ]),
}
