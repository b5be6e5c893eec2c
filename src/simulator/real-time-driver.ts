import type { Clock } from '../clock/clock.ts'
import type { Waker } from '../clock/waker.ts'
import type { EngineCore, StepEnd } from './engine-core.ts'
import type { SimulatedRequest } from './sequence.ts'

/** Runs an engine's steps at the wall-clock moments that the engine computed. */
export interface RealTimeDriver {
  /** Call after a submit. `nowNs` is when the request arrived: an idle engine starts its step then. */
  wake(nowNs: number): void
  /** Ends the drive; no step is delivered afterwards. */
  stop(): void
  /** How late the latest step was delivered, and the worst of all, ns. */
  lag(): { readonly lastNs: number; readonly worstNs: number }
}

/**
 * Starts each step at the end of the one before, on the engine's own time line: a step that is delivered late never
 * delays the next ones. Costs nothing while the engine is idle.
 *
 * @param waker of the same clock; whoever made it closes it
 * @param onStep gets each step at its end or as soon after it as the event loop allows
 */
export function createRealTimeDriver<Request extends SimulatedRequest>(
  core: EngineCore<Request>,
  clock: Clock,
  waker: Waker,
  onStep: (step: StepEnd<Request>) => void,
): RealTimeDriver {
  let endNs: number | null = null
  let stopped = false
  let delivering = false
  let cancelWake: (() => void) | undefined
  let lastNs = 0
  let worstNs = 0

  function arm(): void {
    if (endNs !== null) cancelWake = waker.wakeAt(endNs, deliver)
  }

  function deliver(): void {
    if (endNs === null) return
    lastNs = clock.nowNs() - endNs
    worstNs = Math.max(worstNs, lastNs)
    const step = core.end()
    delivering = true
    onStep(step)
    delivering = false
    endNs = stopped ? null : core.begin(step.endNs)
    arm()
  }

  return {
    wake(nowNs) {
      if (stopped || delivering) return
      // Of two engines, one may have been idle while a step of the other is under way.
      const nextNs = core.begin(nowNs)
      if (nextNs === endNs) return
      cancelWake?.()
      endNs = nextNs
      arm()
    },
    stop() {
      stopped = true
      endNs = null
      cancelWake?.()
    },
    lag: () => ({ lastNs, worstNs }),
  }
}
