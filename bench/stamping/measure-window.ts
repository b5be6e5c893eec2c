import type { Clock } from '../../src/clock/clock.ts'

/** A stretch of a run, ns since its zero. */
export interface Window {
  readonly fromNs: number
  readonly toNs: number
}

/** What the thread cost between the moments at which the window's timers really fired. */
export interface WindowCpu extends Window {
  readonly cpuUs: number
}

/** Measures the CPU of the calling thread over a window that lies ahead; `onEdge` is called at its start and end. */
export async function measureWindow(
  clock: Clock,
  window: Window,
  onEdge: () => void = () => {},
): Promise<WindowCpu> {
  const until = (ns: number) =>
    new Promise((resolve) => setTimeout(resolve, Math.max(1, (ns - clock.nowNs()) / 1e6)))
  await until(window.fromNs)
  const fromNs = clock.nowNs()
  const before = process.threadCpuUsage()
  onEdge()
  await until(window.toNs)
  const { user, system } = process.threadCpuUsage(before)
  onEdge()
  return { fromNs, toNs: clock.nowNs(), cpuUs: user + system }
}
