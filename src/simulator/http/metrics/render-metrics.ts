import type { EngineStats } from '../serving-engine.ts'
import type { Histogram } from './histogram.ts'
import type { ServerMetrics } from './server-metrics.ts'

/**
 * The state of the server in the Prometheus text format 0.0.4 under the names that vLLM uses.
 *
 * @see https://docs.vllm.ai/en/latest/usage/metrics.html
 */
export function renderMetrics(model: string, stats: EngineStats, metrics: ServerMetrics): string {
  const labels = `model_name="${escapeLabel(model)}",engine="0"`
  const lines: string[] = []
  const head = (name: string, type: string, help: string): void => {
    lines.push(`# HELP vllm:${name} ${help}`, `# TYPE vllm:${name} ${type}`)
  }
  const single = (name: string, type: 'gauge' | 'counter', help: string, value: number): void => {
    head(name, type, help)
    lines.push(`vllm:${name}{${labels}} ${value}`)
  }
  const histogram = (name: string, help: string, { bounds, counts, sum }: Histogram): void => {
    head(name, 'histogram', help)
    const all = counts()
    for (const [index, count] of all.entries())
      lines.push(`vllm:${name}_bucket{${labels},le="${bounds[index] ?? '+Inf'}"} ${count}`)
    lines.push(`vllm:${name}_sum{${labels}} ${sum()}`, `vllm:${name}_count{${labels}} ${all.at(-1)}`)
  }

  single('num_requests_running', 'gauge', 'Requests in execution.', stats.running)
  single('num_requests_waiting', 'gauge', 'Requests that wait.', stats.waiting)
  single(
    'kv_cache_usage_perc',
    'gauge',
    'Share of the KV cache in use, 0 to 1.',
    stats.kvUsedTokens / stats.kvTokens,
  )
  single('num_preemptions_total', 'counter', 'Preemptions of requests that ended.', metrics.preemptions)
  single('prefix_cache_queries_total', 'counter', 'Prompt tokens looked up.', metrics.prefixQueryTokens)
  single('prefix_cache_hits_total', 'counter', 'Prompt tokens found.', metrics.prefixHitTokens)
  single('prompt_tokens_total', 'counter', 'Prompt tokens prefilled.', metrics.promptTokensTotal)
  single('generation_tokens_total', 'counter', 'Tokens generated.', metrics.generationTokensTotal)
  head('request_success_total', 'counter', 'Requests that ended, by reason.')
  for (const [reason, count] of Object.entries(metrics.finished))
    lines.push(`vllm:request_success_total{${labels},finished_reason="${reason}"} ${count}`)
  histogram('time_to_first_token_seconds', 'Time to first token.', metrics.ttftSeconds)
  histogram('inter_token_latency_seconds', 'Time between steps with tokens.', metrics.interTokenSeconds)
  histogram('e2e_request_latency_seconds', 'Latency of finished requests.', metrics.e2eSeconds)
  histogram(
    'request_queue_time_seconds',
    'Time from arrival to prefill of finished requests.',
    metrics.queueSeconds,
  )
  histogram('request_prompt_tokens', 'Prompt tokens of finished requests.', metrics.promptTokens)
  histogram('request_generation_tokens', 'Tokens of finished requests.', metrics.generationTokens)
  return `${lines.join('\n')}\n`
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
