import type { Clock } from '../../clock/clock.ts'
import type { Answer } from './answer.ts'
import type { EventStream } from './event-stream.ts'
import { type EventTexts, usageJson } from './wire-format.ts'

export interface StreamedAnswerOptions {
  readonly clock: Clock
  readonly promptTokens: number
  readonly tokensPerEvent: number
  /** The first so many tokens go out as reasoning. */
  readonly reasoningTokens: number
  readonly includeUsage: boolean
  readonly continuousUsage: boolean
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
  let heldText = ''
  let heldTokens = 0
  let heldReasoning = false
  let roleIsDue = options.roleEvent === 'with-first-token' && events.role !== null

  const usageSoFar = (outputTokens: number) =>
    usageJson({ promptTokens, outputTokens, reasoningTokens: Math.min(outputTokens, reasoningTokens) })
  // As OpenAI sends it: with a final usage, every other event has the field as null.
  const usageField = (outputTokens: number) =>
    continuousUsage ? usageSoFar(outputTokens) : includeUsage ? null : undefined

  if (options.roleEvent === 'on-accept' && events.role !== null) stream.send(events.role)

  function flush(): void {
    if (heldTokens === 0) return
    if (roleIsDue) {
      roleIsDue = false
      stream.send(events.role!)
    }
    const event = events.token(heldText, heldReasoning, usageField(writtenNs.length + heldTokens))
    // Before the write, not after it: no client can have the token earlier than this.
    const nowNs = clock.nowNs()
    stream.send(event)
    for (; heldTokens > 0; heldTokens--) writtenNs.push(nowNs)
    heldText = ''
  }

  return {
    writtenNs,
    add(text) {
      const reasoning = writtenNs.length + heldTokens < reasoningTokens
      if (reasoning !== heldReasoning) flush()
      heldReasoning = reasoning
      heldText += text
      if (++heldTokens >= tokensPerEvent) flush()
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
