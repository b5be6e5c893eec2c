import { formatCount } from '../report/format/format-count.ts'
import { createEngineParts, engineOptions } from '../simulator/engine-options.ts'
import { type EngineLimitsFound, measureLimits } from '../simulator/measure-limits.ts'
import { type EngineConfig, engineInput } from './simulator-input.ts'

/** What an embedded engine is, and what it can do at most. */
export interface EngineDescription {
  /** Label and value, for people. */
  readonly facts: readonly (readonly [string, string])[]
  /** Without outages. */
  readonly limits: EngineLimitsFound
}

/** @throws MetronError `bad-config` as `engineInput` */
export function describeEngine(config: EngineConfig): EngineDescription {
  const { simulator, engine } = config
  const input = engineInput(config)
  const options = engineOptions.parse({ ...input, outages: [], failures: null, slowdowns: [] })
  const { maxBatch, kvTokens, contextTokens, maxQueue } = createEngineParts({
    ...options,
    replicas: 1,
  }).limits
  const { replicas } = simulator
  const facts: (readonly [string, string])[] = [
    ['Engine', replicas === 1 ? engine : `${replicas} x ${engine}, ${written(simulator.router)}`],
    ['Policy', written(simulator.policy)],
    [
      'KV cache',
      `${formatCount(kvTokens)} tokens, memory ${written(simulator.memory)}, prefix cache ${written(simulator.prefixCache)}`,
    ],
    ['Speculation', written(simulator.speculation)],
    [
      'At once',
      `${formatCount(maxBatch)} requests, ${formatCount(contextTokens)} tokens each, ${maxQueue === null ? 'any number' : formatCount(maxQueue)} waiting`,
    ],
  ]
  return { facts, limits: measureLimits(() => createEngineParts(options), replicas) }
}

function written({ kind, ...options }: { readonly kind: string }): string {
  const pairs = Object.entries(options).map(([key, value]) => `${key}=${String(value)}`)
  return pairs.length === 0 ? kind : `${kind}:${pairs.join(',')}`
}
