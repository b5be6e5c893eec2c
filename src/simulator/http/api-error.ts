/** An error answer in OpenAI's shape. Thrown by whatever reads a request, written by the server. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly type: string
  /** The request field at fault. */
  readonly param: string | null
  readonly code: string | null
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    details: {
      type?: string
      param?: string
      code?: string
      headers?: Readonly<Record<string, string>>
    } = {},
  ) {
    super(message)
    this.status = status
    this.type = details.type ?? 'invalid_request_error'
    this.param = details.param ?? null
    this.code = details.code ?? null
    this.headers = details.headers ?? {}
  }

  /** The body: `{ error: { message, type, param, code } }`. */
  toJson(): string {
    const { message, type, param, code } = this
    return JSON.stringify({ error: { message, type, param, code } })
  }
}

/** 429 as a server gives it when its queue is full. */
export function tooManyRequests(): ApiError {
  return new ApiError(429, 'The engine is overloaded: its queue is full. Retry after a while.', {
    type: 'rate_limit_error',
    code: 'rate_limit_exceeded',
    headers: { 'retry-after': '1' },
  })
}

/** 503 as a router gives it when every replica is down. */
export function allReplicasDown(): ApiError {
  return new ApiError(503, 'No replica is up. Retry after a while.', {
    type: 'server_error',
    code: 'service_unavailable',
    headers: { 'retry-after': '1' },
  })
}
