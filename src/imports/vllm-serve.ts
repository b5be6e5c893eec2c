import type { Importer } from './importer.ts'
import { hasServingColumns, readServingColumns } from './serving-columns.ts'

/** `vllm bench serve --save-result --save-detailed`, and the older `benchmark_serving.py` of the same options. */
export const vllmServe: Importer = {
  kind: 'vllm',
  summary: 'vllm bench serve --save-result --save-detailed: one JSON document',
  recognize: (sample) =>
    hasServingColumns(sample) &&
    !('total_output_tokens_retokenized' in sample) &&
    !('mean_e2e_latency_ms' in sample),
  read: (file) =>
    readServingColumns(file, [
      'vLLM counts every event with choices as a chunk: events with a role or a finish reason only are among them, and the first of them is its first token.',
    ]),
}
