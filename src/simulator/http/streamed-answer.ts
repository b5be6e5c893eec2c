import type { Clock } from '../../clock/clock.ts'
import type { Answer } from './answer.ts'
import type { EventStream } from './event-stream.ts'
import { type EventTexts, type TokenInfo, usageJson } from './wire-format.ts'

export interface StreamedAnswerOptions {
  readonly clock: Clock
  readonly promptTokens: number
  readonly tokensPerEvent: number
  /** The first so many tokens go out as reasoning. */
  readonly reasoningTokens: number
  readonly tokenInfo: TokenInfo
  readonly includeUsage: boolean
  readonly continuousUsage: boolean
  /** Tokens that every usage tells too many. */
  readonly miscountTokens: number
  /** Silence once so many tokens have gone out; `null` for none. */
  readonly stall: { readonly afterTokens: number; readonly ms: number } | null
  /** `with-first-token`: the role event goes out right ahead of the first token. */
  readonly roleEvent: 'on-accept' | 'with-first-token' | 'none'
}

/** Sends an answer as server-sent events: role, tokens, finish reason, usage if asked for, `[DONE]`. */
export function createStreamedAnswer(
  stream: EventStream,
  events: EventTexts,
  options: StreamedAnswerOptions,
): Answer {
  const { clock, promptTokens, tokensPerEvent, reasoningTokens, includeUsage, continuousUsage } = options
  const writtenNs: number[] = []
  const held: string[] = []
  let heldReasoning = false
  let holdsLast = false
  let cachedTokens: number | null = null
  let roleIsDue = options.roleEvent === 'with-first-token' && events.role !== null

  const usageSoFar = (outputTokens: number) =>
    usageJson({
      promptTokens,
      outputTokens: outputTokens + options.miscountTokens,
      reasoningTokens: Math.min(outputTokens, reasoningTokens),
      cachedTokens,
    })
  // As OpenAI sends it: with a final usage, every other event has the field as null.
  const usageField = (outputTokens: number) =>
    continuousUsage ? usageSoFar(outputTokens) : includeUsage ? null : undefined

  if (options.roleEvent === 'on-accept' && events.role !== null) stream.send(events.role)
  if (options.stall?.afterTokens === 0) stream.pause(options.stall.ms)

  function flush(): void {
    if (held.length === 0) return
    if (roleIsDue) {
      roleIsDue = false
      stream.send(events.role!)
    }
    const usage = usageField(writtenNs.length + held.length)
    const event = events.tokens({
      tokens: held,
      reasoning: heldReasoning,
      isLast: holdsLast,
      info: options.tokenInfo,
      usage,
    })
    // Before the write, not after it: no client can have the token earlier than this.
    const nowNs = clock.nowNs()
    stream.send(event)
    const before = writtenNs.length
    for (let index = 0; index < held.length; index++) writtenNs.push(nowNs)
    const { stall } = options
    if (stall !== null && before < stall.afterTokens && writtenNs.length >= stall.afterTokens)
      stream.pause(stall.ms)
    held.length = 0
  }

  return {
    writtenNs,
    cached(tokens) {
      cachedTokens = tokens
    },
    add(text, isLast) {
      const reasoning = writtenNs.length + held.length < reasoningTokens
      if (reasoning !== heldReasoning) flush()
      heldReasoning = reasoning
      holdsLast = isLast
      if (held.push(text) >= tokensPerEvent) flush()
    },
    flush,
    finish(reason) {
      flush()
      stream.hold()
      stream.send(events.finish(reason, usageField(writtenNs.length)))
      if (includeUsage) stream.send(events.usage(usageSoFar(writtenNs.length)))
      stream.send('[DONE]')
      stream.end()
      stream.release()
    },
  }
}
