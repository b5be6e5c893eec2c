import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Sends a signal to a detached child and all that it started; 0 only asks whether any of them is there. `false` when none is.
 */
export function kill({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (pid === undefined) return false
  try {
    process.kill(-pid, signal)
    return true
  } catch {
    return false
  }
}

/** Resolves once none of them is there, or when the signal is aborted. */
export async function untilGroupEnded(child: ChildProcess, signal: AbortSignal): Promise<void> {
  while (kill(child, 0) && !signal.aborted) await wait(50)
}
