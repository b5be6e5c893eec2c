/** Gives each span, in order of their starts, the lowest lane (from 1) on which nothing else lies at that time. */
export function createLanes(): (fromNs: number, toNs: number) => number {
  const busyUntilNs: number[] = []
  return (fromNs, toNs) => {
    const free = busyUntilNs.findIndex((untilNs) => untilNs <= fromNs)
    const lane = free < 0 ? busyUntilNs.length : free
    busyUntilNs[lane] = toNs
    return lane + 1
  }
}
