import { WORDS } from './syllable-vocabulary.ts'

/** What a plain client saw of one streamed answer. Times are milliseconds from just before the request was sent. */
export interface StreamedCompletion {
  readonly status: number
  readonly tokenTimes: readonly number[]
  readonly text: string
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number } | undefined
  readonly timings:
    | { readonly queue_ms: number; readonly prompt_ms: number; readonly predicted_ms: number }
    | undefined
  readonly error: { readonly code: string | null; readonly message: string } | undefined
}

interface StreamEvent {
  choices: { delta?: { content?: string }; text?: string }[]
  usage?: NonNullable<StreamedCompletion['usage']> | null
  timings?: NonNullable<StreamedCompletion['timings']>
}

export interface StreamOptions {
  readonly promptTokens: number
  readonly maxTokens: number
  readonly endpoint?: 'chat' | 'text'
  readonly signal?: AbortSignal
  /** Called when a token has come, with their number so far. */
  readonly onToken?: (count: number) => void
}

let promptsMade = 0

/** A prompt that the model reads as exactly `tokens` tokens (its begin token included) and that this process never made before. */
export function freshPrompt(tokens: number): string {
  const start = (promptsMade++ * 7_919) % WORDS.length
  return Array.from(
    { length: tokens - 1 },
    (_, i) => WORDS[(start + i * (1 + promptsMade)) % WORDS.length]!,
  ).join(' ')
}

/** Sends one streaming request with nothing but `fetch` and reads it to its end. A refusal is a result; a broken stream throws. */
export async function streamCompletion(url: string, options: StreamOptions): Promise<StreamedCompletion> {
  const { promptTokens, maxTokens, endpoint = 'chat', signal, onToken } = options
  const prompt = freshPrompt(promptTokens)
  const input = endpoint === 'chat' ? { messages: [{ role: 'user', content: prompt }] } : { prompt }
  const body = { ...input, max_tokens: maxTokens, stream: true, stream_options: { include_usage: true } }
  const sentAt = performance.now()
  const response = await fetch(`${url}/v1/${endpoint === 'chat' ? 'chat/' : ''}completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  })
  const tokenTimes: number[] = []
  let text = ''
  let usage: StreamedCompletion['usage']
  let timings: StreamedCompletion['timings']
  if (!response.ok) {
    const { error } = (await response.json()) as { error: StreamedCompletion['error'] }
    return { status: response.status, tokenTimes, text, usage, timings, error }
  }

  let rest = ''
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    const at = performance.now() - sentAt
    const events = (rest + part).split('\n\n')
    rest = events.pop()!
    for (const event of events) {
      const data = event.slice('data: '.length)
      if (data === '[DONE]') continue
      const chunk = JSON.parse(data) as StreamEvent
      usage = chunk.usage ?? usage
      timings = chunk.timings ?? timings
      const said = chunk.choices[0]?.delta?.content ?? chunk.choices[0]?.text ?? ''
      if (said === '') continue
      text += said
      tokenTimes.push(at)
      onToken?.(tokenTimes.length)
    }
  }
  return { status: response.status, tokenTimes, text, usage, timings, error: undefined }
}

/** Milliseconds between one token and the next. */
export function gapsOf(completion: StreamedCompletion): number[] {
  return completion.tokenTimes.slice(1).map((at, i) => at - completion.tokenTimes[i]!)
}

/** The middle value (the upper of two). */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
