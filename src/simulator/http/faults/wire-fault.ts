import type { ServerResponse } from 'node:http'
import type { EventPieces, EventStream, StreamDress } from '../event-stream.ts'
import type { EventTexts } from '../wire-format.ts'

/** What a fault that answers in the engine's place is given. */
export interface AnswerContext {
  readonly response: ServerResponse
  /** The number behind `=`, 0 when the fault has none. */
  readonly argument: number
  /** Texts of the events that the answer would have had. */
  readonly events: EventTexts
  /** Sends the headers of a stream. */
  openStream(): EventStream
}

/** What a fault that cuts a stream is given; N tokens have gone out. */
export interface CutContext {
  readonly response: ServerResponse
  readonly stream: EventStream
}

/**
 * A way for an answer to go wrong on the wire, as a plain object. Asked for by the request header `x-sim-fault`, such
 * as `reset-after=3` or `crlf, split-bytes`, or by the option `faults` of the server. A fault has one or more of the hooks.
 */
export interface WireFault {
  readonly kind: string
  readonly summary: string
  /** What the number behind `=` is; `null` when the fault takes none. */
  readonly argument: 'tokens' | 'status' | 'seconds' | 'milliseconds' | 'count' | null
  /** Answers in the engine's place: the request never reaches it. */
  answer?(context: AnswerContext): void
  /** Ends a streamed answer its own way after `argument` tokens. The engine has dropped the request. */
  cut?(context: CutContext): void
  /** Rewrites the bytes of one event. */
  rewrite?(event: string): string
  readonly splitBytes?: true
  /** Changes in how the body is sent; the numbers behind `=`. */
  dress?(argument: number, second: number): Partial<StreamDress>
  /** What the number behind a colon is: `stall-after=3:500`. It takes none when absent. */
  readonly second?: 'milliseconds'
  /** Parts that each event is written in, with a pause behind each; `argument` is the number behind `=`. */
  pieces?(argument: number): EventPieces
  /** Tokens that every usage of the answer tells too many; the number behind `=`. */
  readonly miscounts?: true
  readonly closeAfter?: true
}
