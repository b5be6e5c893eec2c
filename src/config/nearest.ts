import { closest, distance } from 'fastest-levenshtein'

/** The candidate that was probably meant, `undefined` when none is near. */
export function nearest(written: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined
  const best = closest(written, candidates as string[])
  return distance(written.toLowerCase(), best.toLowerCase()) <= Math.max(2, written.length / 3)
    ? best
    : undefined
}
