import { createDisaggregatedEngine } from './disaggregated-engine.ts'
import { createEngineCore, type EngineCore } from './engine-core.ts'
import type { EngineParts } from './engine-parts.ts'
import { createFleetEngine } from './fleet/fleet-engine.ts'
import type { SimulatedRequest } from './sequence.ts'
import { shiftSlowdowns } from './slowdowns.ts'

/**
 * The engine that the parts make: one core, two with a handover between them, or a fleet of these. Empty and idle.
 *
 * @param startNs moment of the clock from which outages and slowdowns count
 */
export function createEngine<Request extends SimulatedRequest>(
  parts: EngineParts,
  startNs = 0,
): EngineCore<Request> {
  const { fleet = null, limits } = parts
  if (fleet === null) return createSingle(parts, startNs)
  return createFleetEngine<Request>(fleet, limits, (each) => createSingle(each, startNs), startNs)
}

function createSingle<Request extends SimulatedRequest>(
  single: EngineParts,
  startNs: number,
): EngineCore<Request> {
  const { handover = null, slowdowns = [] } = single
  const parts = slowdowns.length === 0 ? single : { ...single, slowdowns: shiftSlowdowns(slowdowns, startNs) }
  return handover === null ? createEngineCore(parts) : createDisaggregatedEngine(parts, handover)
}
