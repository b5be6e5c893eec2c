/** Time that passes only when told: for tests of code that takes its clock and its wake-ups through ports. */
export interface VirtualTime {
  nowNs(): number
  wakeAt(atNs: number, callback: () => void): () => void
  /** Runs every wake-up that is due until `untilNs`, in order of time, then stands there. */
  advanceTo(untilNs: number): void
}

export function createVirtualTime(startNs = 0): VirtualTime {
  let nowNs = startNs
  let order = 0
  const pending = new Map<number, { atNs: number; callback: () => void }>()
  return {
    nowNs: () => nowNs,
    wakeAt(atNs, callback) {
      const key = order++
      pending.set(key, { atNs, callback })
      return () => pending.delete(key)
    },
    advanceTo(untilNs) {
      for (;;) {
        const due = [...pending].filter(([, { atNs }]) => atNs <= untilNs)
        const first = due.sort((a, b) => a[1].atNs - b[1].atNs || a[0] - b[0])[0]
        if (first === undefined) break
        pending.delete(first[0])
        nowNs = Math.max(nowNs, first[1].atNs)
        first[1].callback()
      }
      nowNs = Math.max(nowNs, untilNs)
    },
  }
}
