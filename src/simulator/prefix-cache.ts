import type { PrefixCacheOptions } from './prefix-cache-options.ts'

/**
 * Blocks of prompts' beginnings by their hashes. A block is in use while sequences hold it; afterwards it is idle and
 * stays for whoever comes next until its room is needed, the longest unused first, ends of prompts before beginnings.
 */
export interface PrefixCache {
  readonly blockTokens: number
  /** Blocks that sequences hold. */
  readonly usedBlocks: number
  /** Blocks kept that nobody holds. */
  readonly idleBlocks: number
  /** How many of the first `most` blocks are here, and how many of those are in use. */
  match(hashes: readonly number[], most: number): { readonly found: number; readonly used: number }
  /** Holds a block, new or not. */
  hold(hash: number): void
  /** Gives up the first `count` blocks. */
  release(hashes: readonly number[], count: number): void
  /** Drops idle blocks until they take no more than so many tokens. */
  trim(roomTokens: number): void
}

/** An empty cache. */
export function createPrefixCache({ blockTokens, capacityTokens }: PrefixCacheOptions): PrefixCache {
  const holders = new Map<number, number>()
  // In the order in which they became idle.
  const idle = new Set<number>()
  let used = 0
  return {
    blockTokens,
    get usedBlocks() {
      return used
    },
    get idleBlocks() {
      return idle.size
    },
    match(hashes, most) {
      const end = Math.min(most, hashes.length)
      let found = 0
      let inUse = 0
      while (found < end) {
        const count = holders.get(hashes[found]!)
        if (count === undefined) break
        if (count > 0) inUse++
        found++
      }
      return { found, used: inUse }
    },
    hold(hash) {
      const count = holders.get(hash) ?? 0
      if (count === 0) {
        used++
        idle.delete(hash)
      }
      holders.set(hash, count + 1)
    },
    release(hashes, count) {
      for (let at = count - 1; at >= 0; at--) {
        const hash = hashes[at]!
        const left = holders.get(hash)! - 1
        holders.set(hash, left)
        if (left > 0) continue
        used--
        idle.add(hash)
      }
    },
    trim(roomTokens) {
      const most = Math.floor(Math.min(roomTokens, capacityTokens ?? Number.POSITIVE_INFINITY) / blockTokens)
      if (idle.size <= most) return
      for (const hash of idle) {
        idle.delete(hash)
        holders.delete(hash)
        if (idle.size <= most) return
      }
    },
  }
}
