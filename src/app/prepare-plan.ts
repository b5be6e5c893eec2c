import { readFile } from 'node:fs/promises'
import type { Config } from '../config/config-schema.ts'
import type { ExtensionSpec } from '../config/extension-spec.ts'
import { MetronError } from '../errors/metron-error.ts'
import { createRandomStream } from '../numerics/create-random-stream.ts'
import type { Tokenizer } from '../tokens/tokenizer.ts'
import { createPlan } from '../workload/create-plan.ts'
import type { Plan } from '../workload/plan.ts'
import type { PlanSpec } from '../workload/plan-spec.ts'
import { createPromptBuilder } from '../workload/prompts/prompt-builder.ts'
import { parseLengthTrace } from '../workload/traces/parse-length-trace.ts'
import { extensionOptions } from './extension-options.ts'
import { EXTENSIONS, extensionOf } from './extensions.ts'

/** Measured time when neither requests nor duration say when to stop. */
const DEFAULT_DURATION_NS = 30e9
const DEFAULT_WARMUP_NS = 5e9

/** Decides what will be sent and when, from the config and a seed. */
export async function preparePlan(config: Config, seed: number, tokenizer: Tokenizer): Promise<Plan> {
  const { load, workload } = config
  const arrivals = chooseArrivals(load)
  const random = createRandomStream(seed).split('prompts')
  return createPlan({
    seed,
    arrivals,
    lengths: await chooseLengths(workload),
    requests: load.requests,
    durationNs: load.duration ?? (load.requests === null ? DEFAULT_DURATION_NS : null),
    warmup: load.warmup ?? defaultWarmup(load, arrivals),
    promptText: createPromptBuilder({ tokenizer, random, sharedPrefixTokens: workload.sharedPrefixTokens }),
  })
}

/** Refuses arrivals and lengths that {@link preparePlan} would refuse, without making a plan. */
export async function checkWorkload({ load, workload }: Config): Promise<void> {
  chooseArrivals(load)
  await chooseLengths(workload)
}

/**
 * Caches, compilers and the first batch are warm after some seconds. A closed loop that is stopped by requests warms up
 * by requests, since nobody knows how many fit in a time; a burst, which takes no time, and a closed loop with both
 * limits have no warm-up of their own accord.
 */
function defaultWarmup(
  load: Config['load'],
  { process, options }: PlanSpec['arrivals'],
): NonNullable<PlanSpec['warmup']> | null {
  if (process.needsRequests === true) return null
  if (process.users === undefined || load.requests === null) return { ns: DEFAULT_WARMUP_NS }
  return load.duration === null ? { requests: process.users(options) } : null
}

function chooseArrivals({ arrivals, rate, users }: Config['load']): PlanSpec['arrivals'] {
  const spec: ExtensionSpec = arrivals ?? { kind: users === null ? 'poisson' : 'closed-loop' }
  const process = extensionOf(EXTENSIONS.arrivals, spec.kind)
  if (users !== null && process.users === undefined)
    throw new MetronError('bad-config', `load.users: ${spec.kind} arrivals have no users`, {
      hint: 'Leave out either --users or --arrivals.',
    })
  return { process, options: extensionOptions(process, spec, 'load.arrivals', { ratePerSec: rate, users }) }
}

async function chooseLengths(workload: Config['workload']): Promise<PlanSpec['lengths']> {
  if (workload.trace !== null) {
    const rows = parseLengthTrace(await readTrace(workload.trace), workload.trace, {
      prefillScale: workload.tracePrefillScale,
      decodeScale: workload.traceDecodeScale,
      maxTotalTokens: workload.traceMaxTokens,
    })
    return { kind: 'trace', rows }
  }
  const choose = (spec: ExtensionSpec, where: string) => {
    const distribution = extensionOf(EXTENSIONS.lengths, spec.kind)
    return { distribution, options: extensionOptions(distribution, spec, where) }
  }
  return {
    kind: 'independent',
    prompt: choose(workload.prompt, 'workload.prompt'),
    output: choose(workload.output, 'workload.output'),
  }
}

async function readTrace(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new MetronError('bad-input-file', `cannot read the trace ${path}: ${(cause as Error).message}`, {
      hint: 'Give a CSV file with the columns num_prefill_tokens,num_decode_tokens with --trace.',
      cause,
    })
  }
}
