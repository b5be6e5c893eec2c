/**
 * The one error a Metron program fails with. A failed *request* is never an error: it is a record.
 *
 * `code` is stable and may be matched by programs; `message` says what was wrong and where; `hint` says what to do.
 */
export type MetronErrorCode =
  | 'bad-config'
  | 'bad-input-file'
  | 'bad-run-folder'
  | 'cannot-write'
  | 'preflight-failed'
  | 'run-failed'
  | 'no-data'
  | 'unsupported'

export class MetronError extends Error {
  override readonly name = 'MetronError'
  readonly code: MetronErrorCode
  readonly hint: string | undefined

  constructor(code: MetronErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
  }
}
