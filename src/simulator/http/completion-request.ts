import * as z from 'zod'
import { ApiError } from './api-error.ts'

/** What the server needs of a completion request, whichever endpoint it came by. */
export interface CompletionRequest {
  readonly model: string
  /** Text whose tokens are to be counted; empty when the prompt came as token ids. */
  readonly promptText: string
  /** A prompt that came as token ids; `null` when it came as text. */
  readonly promptIds: readonly number[] | null
  readonly stream: boolean
  /** A final event with the usage. */
  readonly includeUsage: boolean
  /** The usage so far in every event. */
  readonly continuousUsage: boolean
  /** Log probabilities in every event. */
  readonly logprobs: boolean
  /** Token ids in every event. */
  readonly returnTokenIds: boolean
  /** `null` when the request does not say. */
  readonly maxTokens: number | null
  readonly minTokens: number
  readonly ignoreEos: boolean
}

const common = {
  model: z.string().min(1),
  stream: z.boolean().nullish(),
  stream_options: z
    .object({ include_usage: z.boolean().nullish(), continuous_usage_stats: z.boolean().nullish() })
    .nullish(),
  max_tokens: z.int().min(1).nullish(),
  min_tokens: z.int().min(0).nullish(),
  ignore_eos: z.boolean().nullish(),
  return_token_ids: z.boolean().nullish(),
  n: z.literal(1, 'the simulator answers with one choice').nullish(),
}

const contentPart = z.looseObject({ type: z.string(), text: z.string().optional() })

const chatBody = z.object({
  ...common,
  max_completion_tokens: z.int().min(1).nullish(),
  logprobs: z.boolean().nullish(),
  messages: z
    .array(
      z.object({
        role: z.string(),
        content: z
          .union([z.string(), z.array(contentPart)], 'expected a string or an array of parts')
          .nullish(),
      }),
    )
    .min(1, 'expected at least one message'),
})

const tokenIds = z.array(z.int().min(0)).min(1)

const completionBody = z.object({
  ...common,
  logprobs: z.int().min(0).nullish(),
  prompt: z.union(
    [z.string(), z.tuple([z.string()]), tokenIds, z.tuple([tokenIds])],
    'expected a string, an array of token ids, or an array of one of these',
  ),
})

/** Reads the body of `/chat/completions`. Throws a 400 `ApiError` that names the field at fault. */
export function readChatRequest(json: unknown): CompletionRequest {
  const body = check(chatBody, json)
  const texts = body.messages.flatMap(({ content }) =>
    typeof content === 'string' ? [content] : (content ?? []).map((part) => part.text ?? ''),
  )
  const maxTokens = body.max_completion_tokens ?? body.max_tokens ?? null
  return {
    ...readCommon(body, maxTokens),
    promptText: texts.join('\n'),
    promptIds: null,
    logprobs: body.logprobs === true,
  }
}

/** Reads the body of `/completions`. Throws a 400 `ApiError` that names the field at fault. */
export function readCompletionRequest(json: unknown): CompletionRequest {
  const body = check(completionBody, json)
  const prompt = typeof body.prompt === 'string' ? [body.prompt] : body.prompt
  const only = prompt[0]!
  const promptText = typeof only === 'string' ? only : ''
  const promptIds = typeof only === 'string' ? null : typeof only === 'number' ? (prompt as number[]) : only
  // 0 asks for the chosen token alone, which is all that the simulator has.
  const logprobs = typeof body.logprobs === 'number'
  return { ...readCommon(body, body.max_tokens ?? null), promptText, promptIds, logprobs }
}

function readCommon(body: z.output<z.ZodObject<typeof common>>, maxTokens: number | null) {
  const stream = body.stream === true
  if (body.stream_options && !stream) {
    throw new ApiError(400, "'stream_options' is only allowed when 'stream' is true.", {
      param: 'stream_options',
    })
  }
  const minTokens = body.min_tokens ?? 0
  if (maxTokens !== null && minTokens > maxTokens) {
    throw new ApiError(400, `'min_tokens' (${minTokens}) exceeds 'max_tokens' (${maxTokens}).`, {
      param: 'min_tokens',
    })
  }
  return {
    model: body.model,
    stream,
    includeUsage: body.stream_options?.include_usage === true,
    continuousUsage: body.stream_options?.continuous_usage_stats === true,
    maxTokens,
    minTokens,
    ignoreEos: body.ignore_eos === true,
    returnTokenIds: body.return_token_ids === true,
  }
}

function check<Schema extends z.ZodType>(schema: Schema, json: unknown): z.output<Schema> {
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const issue = result.error.issues[0]!
  const param = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  const named = param.replace(/^\./, '') || 'body'
  throw new ApiError(400, `Invalid '${named}': ${issue.message}.`, { param: named })
}
