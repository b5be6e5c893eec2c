import { readFileSync } from 'node:fs'

/**
 * Watches which share of the machine's CPU time the hypervisor gives to other machines, from now until the returned
 * function is called: 0..1, `null` where the system does not tell (anything but Linux) or no time has passed.
 */
export function watchCpuSteal(readStat: () => string = readProcStat): () => number | null {
  const before = cpuTimes(readStat)
  return () => {
    const after = cpuTimes(readStat)
    if (before === null || after === null || after.total <= before.total) return null
    return Math.max(0, after.steal - before.steal) / (after.total - before.total)
  }
}

function readProcStat(): string {
  return readFileSync('/proc/stat', 'utf8')
}

/** Since boot, over all CPUs, in the kernel's ticks. */
function cpuTimes(readStat: () => string): { readonly total: number; readonly steal: number } | null {
  try {
    // cpu  user nice system idle iowait irq softirq steal guest guest_nice; guests are part of user and nice.
    const line = /^cpu +(.*)$/m.exec(readStat())
    const ticks = line?.[1]?.trim().split(/ +/).slice(0, 8).map(Number) ?? []
    if (ticks.length < 8 || ticks.some((value) => !Number.isFinite(value))) return null
    return { total: ticks.reduce((sum, value) => sum + value, 0), steal: ticks[7]! }
  } catch {
    return null
  }
}
