import type { EngineLimits } from './engine-limits.ts'
import type { MemoryOptions } from './memory-options.ts'
import { createPrefixCache } from './prefix-cache.ts'
import type { PrefixCacheOptions } from './prefix-cache-options.ts'
import { reservedTokens, type Sequence } from './sequence.ts'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Who holds how much of the KV cache. Changes the sequences' own account of it. */
export interface KvRoom {
  /** Tokens that sequences hold, blocks that they share counted once. */
  readonly usedTokens: number
  /** Tokens that nobody holds; the idle blocks of the prefix cache are in them. */
  readonly freeTokens: number
  /** Room that an admission takes. */
  admissionTokens(sequence: Sequence): number
  /** Tokens that need no prefill at an admission. */
  cachedTokens(sequence: Sequence): number
  admit(sequence: Mutable<Sequence>): void
  /** Changes what a running sequence holds alone by so many tokens. */
  grow(sequence: Mutable<Sequence>, tokens: number): void
  /** Offers a sequence's prompt, now in the cache, to those who come later. */
  share(sequence: Mutable<Sequence>): void
  release(sequence: Mutable<Sequence>): void
}

export function createKvRoom(
  limits: EngineLimits,
  memory: MemoryOptions,
  prefixCache: PrefixCacheOptions | null,
): KvRoom {
  const cache = prefixCache === null ? null : createPrefixCache(prefixCache)
  const blockTokens = cache?.blockTokens ?? 0
  let heldTokens = 0
  const used = () => heldTokens + (cache === null ? 0 : cache.usedBlocks * blockTokens)
  const trim = () => cache?.trim(limits.kvTokens - used())

  /** The last token of a prompt is always computed: without it there is no next one. */
  function match({ request, resumes }: Sequence): { readonly found: number; readonly used: number } {
    if (cache === null || request.prefixBlocks === undefined || resumes) return NOTHING
    return cache.match(request.prefixBlocks, Math.floor((request.promptTokens - 1) / blockTokens))
  }

  const wholeTokens = ({ request, prefillTokens }: Sequence) =>
    memory.kind === 'reserve' ? reservedTokens(request) : prefillTokens

  return {
    get usedTokens() {
      return used()
    },
    get freeTokens() {
      return limits.kvTokens - used()
    },
    admissionTokens: (sequence) => wholeTokens(sequence) - match(sequence).used * blockTokens,
    cachedTokens(sequence) {
      if (sequence.resumes) return sequence.prefilledTokens
      const { promptTokens, cachedTokens = 0 } = sequence.request
      return Math.max(match(sequence).found * blockTokens, Math.min(cachedTokens, promptTokens - 1))
    },
    admit(sequence) {
      const { found } = match(sequence)
      sequence.prefilledTokens = this.cachedTokens(sequence)
      for (let at = 0; at < found; at++) cache!.hold(sequence.request.prefixBlocks![at]!)
      sequence.sharedBlocks = found
      sequence.heldTokens = wholeTokens(sequence) - found * blockTokens
      heldTokens += sequence.heldTokens
      trim()
    },
    grow(sequence, tokens) {
      sequence.heldTokens += tokens
      heldTokens += tokens
      if (cache !== null) trim()
    },
    share(sequence) {
      const { prefixBlocks, promptTokens } = sequence.request
      if (cache === null || prefixBlocks === undefined) return
      const blocks = Math.min(prefixBlocks.length, Math.floor(promptTokens / blockTokens))
      for (let at = sequence.sharedBlocks; at < blocks; at++) {
        cache.hold(prefixBlocks[at]!)
        sequence.heldTokens -= blockTokens
        heldTokens -= blockTokens
      }
      sequence.sharedBlocks = Math.max(sequence.sharedBlocks, blocks)
    },
    release(sequence) {
      heldTokens -= sequence.heldTokens
      sequence.heldTokens = 0
      if (cache === null) return
      cache.release(sequence.request.prefixBlocks ?? [], sequence.sharedBlocks)
      sequence.sharedBlocks = 0
      trim()
    },
  }
}

const NOTHING = { found: 0, used: 0 }
