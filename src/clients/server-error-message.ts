import { isJsonObject } from './json-object.ts'
import { oneLine } from './one-line.ts'

/**
 * The message in a server's error, as one line; `null` when the value holds none. Knows `{error: {message}}`,
 * `{error: 'text'}`, `{object: 'error', message}`, `{message}` and the `{detail}` of FastAPI (text or a list of `msg`).
 */
export function serverErrorMessage(value: unknown): string | null {
  if (!isJsonObject(value)) return null
  const { error, message, detail } = value
  if (typeof error === 'string' && error !== '') return oneLine(error)
  if (isJsonObject(error)) {
    if (typeof error.message === 'string' && error.message !== '') return oneLine(error.message)
    return oneLine(JSON.stringify(error))
  }
  if (typeof message === 'string') return oneLine(message)
  if (typeof detail === 'string') return oneLine(detail)
  if (Array.isArray(detail)) return oneLine(detail.map(validationProblem).join('; '))
  return null
}

/** {@link serverErrorMessage} of a body that may be anything: what is not JSON is told as it is, tags left out. */
export function bodyErrorMessage(body: string): string {
  try {
    const value: unknown = JSON.parse(body)
    return serverErrorMessage(value) ?? oneLine(body)
  } catch {
    const isHtml = /^\s*</.test(body)
    return oneLine(isHtml ? body.replace(/<(script|style)\b.*?<\/\1\s*>|<[^>]*>/gis, ' ') : body)
  }
}

function validationProblem(item: unknown): string {
  if (!isJsonObject(item)) return String(item)
  const place = Array.isArray(item.loc) ? `${item.loc.join('.')}: ` : ''
  return `${place}${String(item.msg)}`
}
