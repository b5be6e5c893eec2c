import { createDisaggregatedEngine } from './disaggregated-engine.ts'
import { createEngineCore, type EngineCore } from './engine-core.ts'
import type { EngineParts } from './engine-parts.ts'
import type { SimulatedRequest } from './sequence.ts'

/** The engine that the parts make: one core, or two with a handover between them. Empty and idle. */
export function createEngine<Request extends SimulatedRequest>(parts: EngineParts): EngineCore<Request> {
  const { handover = null } = parts
  return handover === null ? createEngineCore(parts) : createDisaggregatedEngine(parts, handover)
}
