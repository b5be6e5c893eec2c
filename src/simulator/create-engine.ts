import { createDisaggregatedEngine } from './disaggregated-engine.ts'
import { createEngineCore, type EngineCore } from './engine-core.ts'
import type { EngineParts } from './engine-parts.ts'
import { createFleetEngine } from './fleet/fleet-engine.ts'
import type { SimulatedRequest } from './sequence.ts'

/**
 * The engine that the parts make: one core, two with a handover between them, or a fleet of these. Empty and idle.
 *
 * @param startNs moment of the clock from which a fleet counts its outages
 */
export function createEngine<Request extends SimulatedRequest>(
  parts: EngineParts,
  startNs = 0,
): EngineCore<Request> {
  const { fleet = null, limits } = parts
  if (fleet === null) return createSingle(parts)
  return createFleetEngine<Request>(fleet, limits, (each) => createSingle(each), startNs)
}

function createSingle<Request extends SimulatedRequest>(parts: EngineParts): EngineCore<Request> {
  const { handover = null } = parts
  return handover === null ? createEngineCore(parts) : createDisaggregatedEngine(parts, handover)
}
