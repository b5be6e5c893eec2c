import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error.ts'

/**
 * The whole body of a request as UTF-8 text. Rejects with a 413 `ApiError` as soon as it is known to be longer than
 * `maxBytes`, and with the socket's error when the client leaves.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let bytes = 0
    const tooLarge = () =>
      new ApiError(413, `The body is larger than ${maxBytes} bytes.`, {
        code: 'request_too_large',
      })
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      reject(tooLarge())
      return
    }
    request.on('data', (part: Buffer) => {
      bytes += part.length
      // What follows is read and dropped: a client that is still sending would not see the answer.
      if (bytes > maxBytes) reject(tooLarge())
      else parts.push(part)
    })
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')))
    request.on('error', reject)
    request.on('close', () => reject(new Error('the client left')))
  })
}
