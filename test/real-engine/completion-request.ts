/** A completion request as the engine understands it, whichever endpoint it came to. */
export interface CompletionRequest {
  readonly endpoint: 'chat' | 'text'
  readonly prompt: string | readonly number[]
  readonly maxTokens: number
  readonly temperature: number
  readonly seed: number
  readonly stream: boolean
  readonly includeUsage: boolean
}

/** A request that the server refuses, in the words of the OpenAI API. */
export class RefusedRequest extends Error {
  readonly status: number
  readonly code: string | null

  constructor(message: string, status = 400, code: string | null = null) {
    super(message)
    this.status = status
    this.code = code
  }
}

const DEFAULT_MAX_TOKENS = 128

type Fields = Readonly<Record<string, unknown>>

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function numberField(value: unknown, name: string, otherwise: number, least: number): number {
  if (value === undefined || value === null) return otherwise
  if (typeof value !== 'number' || !(value >= least))
    throw new RefusedRequest(`'${name}' must be a number of at least ${least}`)
  return value
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content))
    throw new RefusedRequest("'content' of a message must be a string or a list of text parts")
  return content
    .map((part: unknown) => (isFields(part) && typeof part.text === 'string' ? part.text : ''))
    .join('')
}

function chatPrompt(messages: unknown): string {
  if (!Array.isArray(messages) || messages.length === 0)
    throw new RefusedRequest("'messages' must be a list that is not empty")
  return messages
    .map((message: unknown) => textOf(isFields(message) ? message.content : undefined))
    .join('\n')
}

function textPrompt(prompt: unknown): string | readonly number[] {
  if (typeof prompt === 'string') return prompt
  if (Array.isArray(prompt) && prompt.length > 0 && prompt.every((id) => Number.isInteger(id) && id >= 0))
    return prompt
  throw new RefusedRequest("'prompt' must be a string or a list of token ids")
}

/** Reads the JSON body of a request. Throws a {@link RefusedRequest} where it cannot be answered. */
export function readCompletionRequest(endpoint: 'chat' | 'text', body: string): CompletionRequest {
  let fields: unknown
  try {
    fields = JSON.parse(body)
  } catch {
    throw new RefusedRequest('the body is not JSON')
  }
  if (!isFields(fields)) throw new RefusedRequest('the body must be a JSON object')
  const maxTokens = fields.max_completion_tokens ?? fields.max_tokens
  return {
    endpoint,
    prompt: endpoint === 'chat' ? chatPrompt(fields.messages) : textPrompt(fields.prompt),
    maxTokens: Math.floor(numberField(maxTokens, 'max_tokens', DEFAULT_MAX_TOKENS, 1)),
    temperature: numberField(fields.temperature, 'temperature', 1, 0),
    seed: Math.floor(numberField(fields.seed, 'seed', 1, 0)),
    stream: fields.stream === true,
    includeUsage: isFields(fields.stream_options) && fields.stream_options.include_usage === true,
  }
}
