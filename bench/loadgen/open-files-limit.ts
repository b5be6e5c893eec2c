import { readFileSync } from 'node:fs'

/** How many files a process may have open: Node raises its soft limit to the hard one. `null` where it is not told. */
export function openFilesLimit(): number | null {
  try {
    const hard = /^Max open files +\S+ +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return hard === undefined ? null : hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard)
  } catch {
    return null
  }
}
