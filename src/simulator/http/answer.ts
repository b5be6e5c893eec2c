import type { FinishReason } from './wire-format.ts'

/** An answer on its way to one client. */
export interface Answer {
  /** When the bytes of each token were given to the socket, stamped just before, ns. */
  readonly writtenNs: readonly number[]
  /** Told before the first token: prompt tokens that came from the prefix cache. Not told without one. */
  cached(tokens: number): void
  /** Takes the next token's text, and whether it is the answer's last. */
  add(text: string, isLast: boolean): void
  /** Sends tokens that are still held back. */
  flush(): void
  /** Completes the answer. */
  finish(reason: FinishReason): void
}
