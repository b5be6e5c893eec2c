import { randomUUID } from 'node:crypto'
import type { EngineTimings } from './engine.ts'

export const MODEL_NAME = 'metron-syllables'

/** Writes the JSON objects of one answer, streamed or whole, as the OpenAI API has them. */
export interface CompletionFormat {
  /** Opens a chat stream before the first token; a text stream has no such event. */
  role(): object | undefined
  token(text: string): object
  finish(): object
  usage(timings: EngineTimings): object
  whole(text: string, timings: EngineTimings): object
}

function usageOf({ prompt_n, predicted_n }: EngineTimings) {
  return {
    prompt_tokens: prompt_n,
    completion_tokens: predicted_n,
    total_tokens: prompt_n + predicted_n,
    prompt_tokens_details: { cached_tokens: 0 },
  }
}

/** The format of one answer. With `includeUsage` every event carries a `usage` field, null but in the last. */
export function completionFormat(endpoint: 'chat' | 'text', includeUsage: boolean): CompletionFormat {
  const chat = endpoint === 'chat'
  const head = {
    id: `${chat ? 'chatcmpl' : 'cmpl'}-${randomUUID()}`,
    created: Math.floor(Date.now() / 1000),
    model: MODEL_NAME,
  }
  const streamHead = { ...head, object: chat ? 'chat.completion.chunk' : 'text_completion' }
  const noUsage = includeUsage ? { usage: null } : {}
  const event = (content: object, finish_reason: string | null) => ({
    ...streamHead,
    choices: [{ index: 0, ...content, finish_reason }],
    ...noUsage,
  })
  return {
    role: () => (chat ? event({ delta: { role: 'assistant', content: '' } }, null) : undefined),
    token: (text) => event(chat ? { delta: { content: text } } : { text }, null),
    finish: () => event(chat ? { delta: {} } : { text: '' }, 'length'),
    usage: (timings) => ({ ...streamHead, choices: [], usage: usageOf(timings), timings }),
    whole: (text, timings) => ({
      ...head,
      object: chat ? 'chat.completion' : 'text_completion',
      choices: [
        {
          index: 0,
          ...(chat ? { message: { role: 'assistant', content: text } } : { text }),
          finish_reason: 'length',
        },
      ],
      usage: usageOf(timings),
      timings,
    }),
  }
}
