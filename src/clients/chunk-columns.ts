import type { Chunks, TokenSource } from '../records/request-record.ts'
import type { StreamEvent } from './protocol.ts'

/** The finished columns, with the text they came from. */
export interface ChunkTable {
  readonly chunks: Chunks
  readonly tokenSource: Extract<TokenSource, 'token-ids' | 'usage'> | null
  readonly text: string
}

/**
 * Collects the content-bearing events of one response into the columns of a record.
 *
 * Tokens of each chunk are known in two ways: `token-ids` when every chunk told its own count, else `usage` when every
 * chunk carried the running usage and it never fell. Tokens told by an event without text (half a character, say)
 * belong to the next chunk; after the last text (the token that ends an answer) to none. A source whose counts are all
 * zero while there is text is not believed. Otherwise the counts are `null`.
 */
export class ChunkColumns {
  readonly #ns: number[] = []
  readonly #chars: number[] = []
  readonly #texts: string[] = []
  #channels = ''
  #tokensById: number[] | null = []
  #tokensByUsage: number[] | null = []
  #waitingTokens = 0
  #usageSoFar = 0

  get length(): number {
    return this.#ns.length
  }

  /** Adds an event that arrived at `ns`; ignored as a chunk when it has no text. */
  add(ns: number, event: StreamEvent): void {
    if (event.text === null) {
      this.#waitingTokens += event.tokens ?? 0
      return
    }
    this.#ns.push(ns)
    this.#chars.push(event.text.length)
    this.#texts.push(event.text)
    this.#channels += event.channel
    if (event.tokens === null) this.#tokensById = null
    this.#tokensById?.push((event.tokens ?? 0) + this.#waitingTokens)
    this.#waitingTokens = 0
    this.#addUsage(event.usageOutputTokens)
  }

  #addUsage(usage: number | null): void {
    if (usage === null || usage < this.#usageSoFar) this.#tokensByUsage = null
    this.#tokensByUsage?.push((usage ?? 0) - this.#usageSoFar)
    this.#usageSoFar = usage ?? 0
  }

  finish(): ChunkTable {
    const byId = hasTokens(this.#tokensById) ? this.#tokensById : null
    const byUsage = hasTokens(this.#tokensByUsage) ? this.#tokensByUsage : null
    const tokens = byId ?? byUsage
    return {
      chunks: {
        ns: Float64Array.from(this.#ns),
        channels: this.#channels,
        chars: Uint32Array.from(this.#chars),
        tokens: tokens === null ? null : Uint32Array.from(tokens),
      },
      tokenSource: byId !== null ? 'token-ids' : byUsage !== null ? 'usage' : null,
      text: this.#texts.join(''),
    }
  }
}

function hasTokens(tokens: readonly number[] | null): tokens is readonly number[] {
  return tokens?.some((count) => count > 0) ?? false
}
