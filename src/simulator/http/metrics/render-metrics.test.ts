import { expect, onTestFinished, test } from 'vitest'
import { startSimulatorServer } from '../start-simulator-server.ts'
import { createHistogram } from './histogram.ts'
import { renderMetrics } from './render-metrics.ts'
import { createServerMetrics } from './server-metrics.ts'

const SAMPLE = /^(?<name>[a-z_:][\w:]*)\{(?<labels>(?:\w+="(?:[^"\\\n]|\\.)*",?)*)\} (?<value>-?[\d.e+-]+)$/

/** Every line must be of the format; samples by name and by the labels that differ. */
function parse(text: string): Map<string, number> {
  const samples = new Map<string, number>()
  for (const line of text.trimEnd().split('\n')) {
    if (/^# (HELP|TYPE) vllm:\w+ .+$/.test(line)) continue
    const { name, labels, value } = SAMPLE.exec(line)!.groups!
    const own = labels!.replace(/model_name="(?:[^"\\]|\\.)*",engine="0",?/, '')
    samples.set(`${name}${own === '' ? '' : `{${own}}`}`, Number(value))
  }
  return samples
}

test('what /metrics says is what happened', async () => {
  const encode = (text: string) => [...text].map((character) => character.charCodeAt(0))
  const server = await startSimulatorServer(
    { model: 'sim:fast', prefixCache: {} },
    { countTokens: (text) => text.length, encode },
  )
  onTestFinished(() => server.close())
  const prompt = 'The same beginning for all of these. '
  for (let i = 0; i < 5; i++) {
    const body = JSON.stringify({
      model: 'sim:fast',
      prompt: `${prompt}${i}`,
      max_tokens: 10 + i,
      stream: true,
    })
    await (await fetch(`${server.url}/completions`, { method: 'POST', body })).text()
  }
  const response = await fetch(server.url.replace('/v1', '/metrics'))
  expect(response.headers.get('content-type')).toContain('version=0.0.4')
  const found = parse(await response.text())
  const truth = server.groundTruth()
  const promptTokens = 5 * (prompt.length + 1)
  expect(found.get('vllm:prompt_tokens_total')).toBe(promptTokens)
  expect(found.get('vllm:generation_tokens_total')).toBe(10 + 11 + 12 + 13 + 14)
  expect(found.get('vllm:request_success_total{finished_reason="length"}')).toBe(5)
  expect(found.get('vllm:prefix_cache_queries_total')).toBe(promptTokens)
  // Two whole blocks of 16 of the 37 common characters, four times.
  expect(found.get('vllm:prefix_cache_hits_total')).toBe(4 * 32)
  expect(found.get('vllm:time_to_first_token_seconds_count')).toBe(5)
  expect(found.get('vllm:inter_token_latency_seconds_count')).toBe(60 - 5)
  const ttftSum = truth.reduce((sum, each) => sum + each.tokenPlannedNs[0]! - each.receivedNs, 0) / 1e9
  const e2eSum = truth.reduce((sum, each) => sum + each.tokenPlannedNs.at(-1)! - each.receivedNs, 0) / 1e9
  expect(found.get('vllm:time_to_first_token_seconds_sum')).toBeCloseTo(ttftSum, 9)
  expect(found.get('vllm:e2e_request_latency_seconds_sum')).toBeCloseTo(e2eSum, 9)
  expect(found.get('vllm:inter_token_latency_seconds_sum')).toBeCloseTo(e2eSum - ttftSum, 9)
  expect(found.get('vllm:request_generation_tokens_bucket{le="10"}')).toBe(1)
  expect(found.get('vllm:request_generation_tokens_bucket{le="+Inf"}')).toBe(5)
  expect(found.get('vllm:num_requests_running')).toBe(0)
})

test('a step with several tokens is one gap, as in vLLM', async () => {
  const speculation = { draftTokens: 4, acceptance: 0.8 }
  const server = await startSimulatorServer({ model: 'sim:fast', speculation }, { countTokens: () => 10 })
  onTestFinished(() => server.close())
  const body = JSON.stringify({ model: 'sim:fast', prompt: 'x', max_tokens: 60, stream: true })
  await (await fetch(`${server.url}/completions`, { method: 'POST', body })).text()
  const found = parse(await (await fetch(server.url.replace('/v1', '/metrics'))).text())
  const { tokenPlannedNs } = server.groundTruth()[0]!
  const steps = new Set(tokenPlannedNs).size
  expect(steps).toBeLessThan(60)
  expect(found.get('vllm:generation_tokens_total')).toBe(60)
  expect(found.get('vllm:inter_token_latency_seconds_count')).toBe(steps - 1)
  const spanNs = tokenPlannedNs.at(-1)! - tokenPlannedNs[0]!
  expect(found.get('vllm:inter_token_latency_seconds_sum')).toBeCloseTo(spanNs / 1e9, 9)
})

test('time in the queue is from arrival to prefill', async () => {
  const server = await startSimulatorServer(
    { model: 'sim:fast', limits: { maxBatch: 1 } },
    { countTokens: () => 10 },
  )
  onTestFinished(() => server.close())
  const body = JSON.stringify({ model: 'sim:fast', prompt: 'x', max_tokens: 20 })
  const ask = async () => (await fetch(`${server.url}/completions`, { method: 'POST', body })).text()
  await Promise.all([ask(), ask(), ask()])
  const found = parse(await (await fetch(server.url.replace('/v1', '/metrics'))).text())
  const queuedNs = server
    .groundTruth()
    .reduce((sum, { prefillStartNs, receivedNs }) => sum + prefillStartNs! - receivedNs, 0)
  expect(queuedNs).toBeGreaterThan(0)
  expect(found.get('vllm:request_queue_time_seconds_sum')).toBeCloseTo(queuedNs / 1e9, 9)
  expect(found.get('vllm:request_queue_time_seconds_count')).toBe(3)
})

test('requests that run and wait are seen while they do', async () => {
  const server = await startSimulatorServer(
    { model: 'sim:slow', limits: { maxBatch: 1 } },
    { countTokens: () => 10 },
  )
  onTestFinished(() => server.close())
  const gone = new AbortController()
  const body = JSON.stringify({
    model: 'sim:slow',
    messages: [{ role: 'user', content: 'x' }],
    max_tokens: 500,
    stream: true,
  })
  // Chat sends its role on acceptance: once headers are there, the request is in the engine.
  const open = () => fetch(`${server.url}/chat/completions`, { method: 'POST', body, signal: gone.signal })
  for (let i = 0; i < 3; i++) await open()
  const found = parse(await (await fetch(server.url.replace('/v1', '/metrics'))).text())
  expect(found.get('vllm:num_requests_running')).toBe(1)
  expect(found.get('vllm:num_requests_waiting')).toBe(2)
  expect(found.get('vllm:kv_cache_usage_perc')).toBeGreaterThan(0)
  gone.abort()
})

test('a model name cannot leave its quotes', () => {
  const stats = {
    accepted: 0,
    finished: 0,
    cancelled: 0,
    failed: 0,
    refused: 0,
    tokens: 0,
    waiting: 0,
    running: 0,
  }
  const text = renderMetrics(
    'a"b\\c\nd',
    { ...stats, kvUsedTokens: 0, kvTokens: 1, lagNs: { lastNs: 0, worstNs: 0 } },
    createServerMetrics(),
  )
  expect(() => parse(text)).not.toThrow()
  expect(text).toContain('model_name="a\\"b\\\\c\\nd"')
})

test('a value on a bound belongs to it', () => {
  const histogram = createHistogram([1, 2])
  for (const value of [0.5, 1, 1.5, 3]) histogram.add(value)
  histogram.add(2, 2)
  expect(histogram.counts()).toEqual([2, 5, 6])
  expect(histogram.sum()).toBe(10)
})
