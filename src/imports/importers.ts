import { aiperfRecords } from './aiperf-records.ts'
import { etalonRequests } from './etalon-requests.ts'
import type { Importer } from './importer.ts'
import { sglangServing } from './sglang-serving.ts'
import { veekshaRequests } from './veeksha-requests.ts'
import { vllmServe } from './vllm-serve.ts'

/** Every importer; the only list. */
export const IMPORTERS: readonly Importer[] = [
  vllmServe,
  sglangServing,
  aiperfRecords,
  etalonRequests,
  veekshaRequests,
]
