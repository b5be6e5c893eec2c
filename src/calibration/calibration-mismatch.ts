import type { Calibration } from '../records/calibration.ts'

/** What a calibration depends on. */
export type CalibratedSystem = Pick<Calibration, 'versions'> & {
  readonly machine: Pick<Calibration['machine'], 'cpu' | 'cores'>
}

/**
 * Why a calibration says nothing about this system, as a phrase; `null` when it does: same processor, as many cores,
 * same major version of Node, same version of Metron.
 */
export function calibrationMismatch(calibration: CalibratedSystem, system: CalibratedSystem): string | null {
  const differences = [
    ['another processor', calibration.machine.cpu, system.machine.cpu],
    ['another number of cores', calibration.machine.cores, system.machine.cores],
    ['another major version of Node', majorOf(calibration.versions.node), majorOf(system.versions.node)],
    ['another version of Metron', calibration.versions.metron, system.versions.metron],
  ] as const
  return differences.find(([, then, now]) => then !== now)?.[0] ?? null
}

function majorOf(version: string): string {
  return version.split('.')[0]!
}
