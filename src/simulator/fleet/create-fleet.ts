import { MetronError } from '../../errors/metron-error.ts'
import type { EngineParts } from '../engine-parts.ts'
import { createRouter, type FleetOptions } from './fleet-options.ts'
import { outagesOf } from './outages.ts'

/**
 * The parts of a fleet; a request has to fit into every replica. Throws `MetronError` `bad-config` for an outage of a
 * replica that there is not.
 */
export function createFleet(replicas: readonly (() => EngineParts)[], options: FleetOptions): EngineParts {
  const { router, outages, failures, retry } = options
  const unknown = outages.find(({ replica }) => replica >= replicas.length)
  if (unknown !== undefined) {
    throw new MetronError(
      'bad-config',
      `there is no replica ${unknown.replica} to fail: ${replicas.length} in all`,
      {
        hint: `replicas count from 0, the last is ${replicas.length - 1}`,
      },
    )
  }
  const first = replicas[0]!()
  const limits = replicas.map((createParts) => createParts().limits)
  return {
    ...first,
    limits: {
      ...first.limits,
      kvTokens: Math.min(...limits.map(({ kvTokens }) => kvTokens)),
      contextTokens: Math.min(...limits.map(({ contextTokens }) => contextTokens)),
    },
    fleet: {
      replicas,
      router: () => createRouter(router),
      outages: (replica) => outagesOf(replica, outages, failures),
      retry,
    },
  }
}
