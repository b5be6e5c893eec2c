import { availableParallelism } from 'node:os'

/** Stamping threads unless told otherwise: one core is left to the main thread, which parses. */
export function defaultWorkers(): number {
  return Math.max(1, availableParallelism() - 1)
}
