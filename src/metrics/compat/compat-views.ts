import { aiperf } from './aiperf.ts'
import type { CompatView } from './compat-view.ts'
import { etalon } from './etalon.ts'
import { genaiPerf } from './genai-perf.ts'
import { guidellm } from './guidellm.ts'
import { llmperf } from './llmperf.ts'
import { sglang } from './sglang.ts'
import { vllm } from './vllm.ts'

/** Every tool whose definitions Metron can print a run by; the only list. */
export const COMPAT_VIEWS: readonly CompatView[] = [
  vllm,
  sglang,
  genaiPerf,
  guidellm,
  aiperf,
  llmperf,
  etalon,
]
