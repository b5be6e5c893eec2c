import type { ServerResponse } from 'node:http'
import type { Clock } from '../../clock/clock.ts'
import type { Answer } from './answer.ts'
import type { AnswerHead, WireFormat } from './wire-format.ts'

/** Sends an answer as one JSON body when it is complete. */
export function createWholeAnswer(
  response: ServerResponse,
  format: WireFormat,
  head: AnswerHead,
  options: {
    readonly clock: Clock
    readonly promptTokens: number
    readonly reasoningTokens: number
    readonly miscountTokens: number
  },
): Answer {
  const writtenNs: number[] = []
  const texts: string[] = []
  let cachedTokens: number | null = null
  return {
    writtenNs,
    cached(tokens) {
      cachedTokens = tokens
    },
    add(text) {
      texts.push(text)
    },
    flush() {},
    finish(reason) {
      const reasoningTokens = Math.min(options.reasoningTokens, texts.length)
      const reasoning = texts.slice(0, reasoningTokens).join('')
      const usage = {
        promptTokens: options.promptTokens,
        outputTokens: texts.length + options.miscountTokens,
        reasoningTokens,
        cachedTokens,
      }
      const body = format.whole(head, texts.slice(reasoningTokens).join(''), reasoning, reason, usage)
      const nowNs = options.clock.nowNs()
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      })
      response.end(body)
      for (let index = 0; index < texts.length; index++) writtenNs.push(nowNs)
    },
  }
}
