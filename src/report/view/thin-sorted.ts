/** How many samples at each end are always kept, and how many are spread over the rest. */
const HEAD = 50
const TAIL = 200
const BODY = 350

/**
 * Indices into `count` ascending samples such that a curve through them looks like the curve through all: both tails whole (the
 * lowest 50, the highest 200), 350 evenly spaced ranks between. All indices when there are at most 600.
 */
export function thinSorted(count: number): readonly number[] {
  if (count <= HEAD + BODY + TAIL) return Array.from({ length: count }, (_, i) => i)
  const indices: number[] = []
  for (let i = 0; i < HEAD; i++) indices.push(i)
  const span = count - HEAD - TAIL
  for (let i = 0; i < BODY; i++) indices.push(HEAD + Math.floor((i * span) / BODY))
  for (let i = count - TAIL; i < count; i++) indices.push(i)
  return indices
}

/** The sampling in words, or `null` when nothing was left out. */
export function samplingNote(count: number): string | null {
  if (count <= HEAD + BODY + TAIL) return null
  return `Drawn from ${HEAD + BODY + TAIL} of the samples: the lowest ${HEAD} and the highest ${TAIL} whole, evenly spaced ranks between.`
}
