import type { FinishReason } from '../wire-format.ts'
import { createHistogram, type Histogram } from './histogram.ts'

/**
 * Bounds in seconds as vLLM has them, so that dashboards made for it work; those in tokens are its 1-2-5 series, which vLLM
 * ends at the context length.
 *
 * @see https://github.com/vllm-project/vllm/blob/main/vllm/v1/metrics/loggers.py
 */
const TTFT = [
  0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640,
  2560,
]
const TBT = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80]
const LATENCY = [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680]
const TOKENS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000]

/** What the server counts for `/metrics`; constant time a token, and no more memory for more of them. */
export interface ServerMetrics {
  /** One gap for each step that gave a sequence tokens, however many, as vLLM counts; none for the step of the first token. */
  readonly interTokenSeconds: Histogram
  readonly ttftSeconds: Histogram
  readonly e2eSeconds: Histogram
  /** Of finished requests, from arrival to the start of their prefill. */
  readonly queueSeconds: Histogram
  readonly promptTokens: Histogram
  readonly generationTokens: Histogram
  readonly finished: Record<FinishReason | 'abort', number>
  promptTokensTotal: number
  generationTokensTotal: number
  preemptions: number
  prefixQueryTokens: number
  prefixHitTokens: number
}

export function createServerMetrics(): ServerMetrics {
  return {
    interTokenSeconds: createHistogram(TBT),
    ttftSeconds: createHistogram(TTFT),
    e2eSeconds: createHistogram(LATENCY),
    queueSeconds: createHistogram(LATENCY),
    promptTokens: createHistogram(TOKENS),
    generationTokens: createHistogram(TOKENS),
    finished: { length: 0, stop: 0, abort: 0 },
    promptTokensTotal: 0,
    generationTokensTotal: 0,
    preemptions: 0,
    prefixQueryTokens: 0,
    prefixHitTokens: 0,
  }
}
