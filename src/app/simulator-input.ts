import type { Config } from '../config/config-schema.ts'
import type { ExtensionSpec, SpecifiedExtension } from '../config/extension-spec.ts'
import { nearest } from '../config/nearest.ts'
import { parseDurationNs } from '../config/parse-duration.ts'
import { MetronError } from '../errors/metron-error.ts'
import { createEngineParts, type EngineInput, engineOptions } from '../simulator/engine-options.ts'
import type { EngineParts } from '../simulator/engine-parts.ts'
import type { ServerInput } from '../simulator/http/server-options.ts'
import { linearStepOptions } from '../simulator/linear-step-model.ts'
import { MODEL_PRESETS } from '../simulator/model-presets.ts'
import { rooflineStepOptions } from '../simulator/roofline-step-model.ts'
import { extensionOptions } from './extension-options.ts'
import { EXTENSIONS, extensionOf } from './extensions.ts'

/** The parts of a config that describe the embedded engine. */
export type EngineConfig = Pick<Config, 'engine' | 'simulator'>

/**
 * The engine that a config describes.
 *
 * @throws MetronError `bad-config` naming the option at fault
 */
export function engineInput({ engine, simulator }: EngineConfig): EngineInput {
  const { policies, memories, prefixCaches, speculations, routers, failures } = EXTENSIONS.simulator
  const { maxBatch, kvTokens, contextTokens, maxQueue } = simulator
  const limits = { maxBatch, kvTokens, contextTokens, maxQueue }
  return {
    model: engine,
    ...readCosts(engine, simulator.costs),
    limits: Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null)),
    policy: choose(policies, simulator.policy, 'simulator.policy') as EngineInput['policy'],
    memory: choose(memories, simulator.memory, 'simulator.memory') as EngineInput['memory'],
    prefixCache: chooseOrNone(prefixCaches, simulator.prefixCache, 'simulator.prefixCache'),
    speculation: chooseOrNone(speculations, simulator.speculation, 'simulator.speculation'),
    replicas: simulator.replicas,
    router: choose(routers, simulator.router, 'simulator.router') as EngineInput['router'],
    outages: [...simulator.outages],
    failures: chooseOrNone(failures, simulator.failures, 'simulator.failures') as EngineInput['failures'],
    retry: simulator.retry,
    slowdowns: [...simulator.slowdowns],
  }
}

/** The same behind HTTP, on a free port of this machine. @throws MetronError `bad-config` as {@link engineInput} */
export function serverInput(config: EngineConfig): ServerInput {
  const { defaultMaxTokens, eosProbability, tokensPerEvent, tokenInfo, usage } = config.simulator
  const { reasoningTokens, roleEvent, allowFaults, faults, toolCalls } = config.simulator
  return {
    ...engineInput(config),
    defaultMaxTokens,
    eosProbability,
    tokensPerEvent,
    tokenInfo,
    usage,
    reasoningTokens,
    roleEvent,
    toolCalls,
    allowFaults,
    faults: [...faults],
  }
}

/** The same for virtual runs. @throws MetronError `bad-config` as {@link engineInput} */
export function engineParts(config: EngineConfig): EngineParts {
  return createEngineParts(engineOptions.parse(engineInput(config)))
}

function choose(list: readonly SpecifiedExtension[], spec: ExtensionSpec, where: string): object {
  const options = extensionOptions(extensionOf(list, spec.kind), readDurations(spec), where)
  return { kind: spec.kind, ...(options as object) }
}

function chooseOrNone(
  list: readonly SpecifiedExtension[],
  spec: ExtensionSpec,
  where: string,
): object | null {
  const { kind, ...options } = choose(list, spec, where) as ExtensionSpec
  return kind === 'none' ? null : options
}

/** Options in ns may be written as a duration: `ttftDeadlineNs=300ms`. */
function readDurations(spec: ExtensionSpec): ExtensionSpec {
  const read = (key: string, value: unknown): unknown =>
    key.endsWith('Ns') && typeof value === 'string' ? (parseDurationNs(value) ?? value) : value
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => [key, read(key, value)]),
  ) as ExtensionSpec
}

/** Costs belong to the step model of the named engine. */
function readCosts(
  engine: string,
  costs: Config['simulator']['costs'],
): Pick<EngineInput, 'step' | 'roofline'> {
  const isLinear = MODEL_PRESETS.some(({ name }) => name === engine)
  const schema = isLinear ? linearStepOptions : rooflineStepOptions
  const known = Object.keys(schema.shape)
  const values = Object.entries(costs).map(([name, written]): [string, number] => {
    if (!known.includes(name)) {
      const meant = nearest(name, known)
      throw new MetronError('bad-config', `simulator.costs: ${engine} has no cost ${JSON.stringify(name)}`, {
        hint: meant === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${meant}?`,
      })
    }
    const duration = name.endsWith('Ns') ? parseDurationNs(String(written)) : undefined
    const value = duration ?? (String(written).trim() === '' ? Number.NaN : Number(written))
    const checked = schema.shape[name as never] as typeof linearStepOptions.shape.baseNs
    if (checked.safeParse(value).success) return [name, value]
    throw new MetronError('bad-config', `simulator.costs: ${name} cannot be ${JSON.stringify(written)}`, {
      hint: `${checked.description ?? name}.`,
    })
  })
  return { [isLinear ? 'step' : 'roofline']: Object.fromEntries(values) }
}
