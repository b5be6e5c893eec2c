import * as z from 'zod'
import { extensionSpec, type SpecifiedExtension } from './extension-spec.ts'
import { parseDurationNs } from './parse-duration.ts'
import { durationNs, ratePerSec } from './units.ts'

/** What the schema must know of the extensions at hand. */
export interface ConfigExtensions {
  readonly arrivals: readonly SpecifiedExtension[]
  readonly lengths: readonly SpecifiedExtension[]
  readonly protocols: readonly { readonly kind: string; readonly summary: string }[]
  readonly engines: readonly string[]
}

const optional = <T extends z.ZodType>(schema: T) => schema.nullable().prefault(null)
const fraction = () => z.number().gt(0).max(1)

/**
 * The one schema of a benchmark: config files, flags, environment variables, help texts, `explain` and the JSON Schema
 * for editors derive from it. What people write (durations, rates) is its input; what code uses (ns, per second) its
 * output. `flag` and `placeholder` in the meta data name the command line flag.
 */
export function createConfigSchema(extensions: ConfigExtensions) {
  const lengths = () => extensionSpec(extensions.lengths, { kind: 'fixed', option: 'tokens' })
  const kinds = (list: readonly { readonly kind: string }[]): string =>
    list.map(({ kind }) => kind).join(', ')

  const target = z.strictObject({
    url: optional(z.string().min(1)).meta({
      description: 'Base URL of the server, such as http://host:8000/v1; the embedded engine when absent',
    }),
    protocol: z
      .enum(extensions.protocols.map(({ kind }) => kind))
      .prefault('openai-chat')
      .meta({ flag: 'protocol', placeholder: 'kind', description: 'Wire protocol' }),
    model: optional(z.string().min(1)).meta({
      flag: 'model',
      placeholder: 'name',
      description: 'Model to ask for; the first that /v1/models names when absent',
    }),
    apiKeyEnv: z.string().min(1).prefault('OPENAI_API_KEY').meta({
      flag: 'api-key-env',
      placeholder: 'name',
      description: 'Environment variable that holds the API key; the key itself is never written anywhere',
    }),
    headers: z.record(z.string(), z.string()).prefault({}).meta({
      flag: 'header',
      placeholder: 'name: value',
      description: 'Extra request header, may be repeated; values are never written anywhere',
    }),
    extraBody: z.record(z.string(), z.unknown()).prefault({}).meta({
      flag: 'extra-body',
      placeholder: 'json',
      description: 'Fields merged into every request body, as a JSON object',
    }),
    ca: optional(z.string().min(1)).meta({
      flag: 'ca',
      placeholder: 'file',
      description: 'PEM file with the certificate authority to trust',
    }),
    insecure: z.boolean().prefault(false).meta({
      flag: 'insecure',
      description: 'Accept any TLS certificate',
    }),
    connectTimeout: durationNs().prefault('10s').meta({
      flag: 'connect-timeout',
      placeholder: 'duration',
      description: 'Longest time to connect',
    }),
    headersTimeout: durationNs().prefault('5m').meta({
      flag: 'headers-timeout',
      placeholder: 'duration',
      description: 'Longest time from sending a request to its response headers',
    }),
    streamTimeout: durationNs().prefault('2m').meta({
      flag: 'stream-timeout',
      placeholder: 'duration',
      description: 'Longest silence inside a response',
    }),
    requestTimeout: optional(durationNs()).meta({
      flag: 'request-timeout',
      placeholder: 'duration',
      description: 'Longest time for a whole request; no limit when absent',
    }),
  })

  const load = z.strictObject({
    arrivals: optional(extensionSpec(extensions.arrivals)).meta({
      flag: 'arrivals',
      placeholder: 'kind[:option=value,...]',
      description: `How requests become due: ${kinds(extensions.arrivals)}; when absent poisson, or closed-loop if there are users`,
    }),
    rate: ratePerSec().prefault('2/s').meta({
      flag: 'rate',
      placeholder: 'rate',
      description: 'Requests a second of an open loop; 10/s for the embedded engine',
    }),
    users: optional(z.int().positive()).meta({
      flag: 'users',
      placeholder: 'count',
      description: 'Closed loop with so many users, each sending when the last answer has ended',
    }),
    requests: optional(z.int().positive()).meta({
      flag: 'requests',
      placeholder: 'count',
      description: 'Stop after so many measured requests',
    }),
    duration: optional(durationNs()).meta({
      flag: 'duration',
      placeholder: 'duration',
      description: 'Stop sending after so much measured time; 30s when requests is absent too',
    }),
    warmup: optional(warmup()).meta({
      flag: 'warmup',
      placeholder: 'duration|count',
      description:
        'Warm-up before measuring, a duration (5s) or a number of requests (20); 5s when absent, one request a user in a closed loop',
    }),
    drain: durationNs().prefault('60s').meta({
      flag: 'drain',
      placeholder: 'duration',
      description: 'Longest wait for answers after the last request was due',
    }),
    maxConcurrency: optional(z.int().positive()).meta({
      flag: 'max-concurrency',
      placeholder: 'count',
      description: 'Most requests on the wire at once; no cap when absent. Waiting counts as latency',
    }),
    workers: optional(z.int().positive()).meta({
      flag: 'workers',
      placeholder: 'count',
      description: 'Threads that send and stamp; cores - 1 when absent',
    }),
    seed: optional(z.int().min(0)).meta({
      flag: 'seed',
      placeholder: 'number',
      description:
        'Seed of the plan; drawn anew when absent, so that prompt caches of earlier runs do not help',
    }),
  })

  const workload = z.strictObject({
    prompt: lengths()
      .prefault('lognormal:median=256,sigma=0.7,max=2048')
      .meta({
        flag: 'prompt-tokens',
        placeholder: 'spec',
        description: `Prompt length in tokens: a number, or ${kinds(extensions.lengths)} with options`,
      }),
    output: lengths().prefault('128').meta({
      flag: 'output-tokens',
      placeholder: 'spec',
      description: 'Answer length in tokens, written in the same way',
    }),
    trace: optional(z.string().min(1)).meta({
      flag: 'trace',
      placeholder: 'file',
      description: 'CSV of num_prefill_tokens,num_decode_tokens; replaces both lengths',
    }),
    tracePrefillScale: z.number().positive().prefault(1).meta({
      flag: 'trace-prefill-scale',
      placeholder: 'factor',
      description: 'Factor on the prompt lengths of the trace',
    }),
    traceDecodeScale: z.number().positive().prefault(1).meta({
      flag: 'trace-decode-scale',
      placeholder: 'factor',
      description: 'Factor on the answer lengths of the trace',
    }),
    traceMaxTokens: optional(z.int().min(2)).meta({
      flag: 'trace-max-tokens',
      placeholder: 'count',
      description: 'Most tokens of prompt and answer together; longer rows are trimmed proportionally',
    }),
    sharedPrefixTokens: z.int().min(0).prefault(0).meta({
      flag: 'shared-prefix',
      placeholder: 'count',
      description: 'Tokens that all prompts share at their start; 0: no two prompts share a prefix',
    }),
    tokenizer: z.string().min(1).prefault('builtin').meta({
      flag: 'tokenizer',
      placeholder: 'file',
      description:
        "The model's tokenizer.json (Hugging Face format), or o200k_base if the model has that one; builtin: the same, for prompt lengths only",
    }),
  })

  const score = z.strictObject({
    ttftDeadline: durationNs().prefault('1s').meta({
      flag: 'ttft-deadline',
      placeholder: 'duration',
      description: 'Deadline of the first token',
    }),
    tbtDeadline: durationNs().prefault('50ms').meta({
      flag: 'tbt-deadline',
      placeholder: 'duration',
      description: "Deadline between tokens; the paper's tiers are 25ms, 50ms and 100ms",
    }),
    ignoreFirst: z.boolean().prefault(false).meta({
      flag: 'ignore-first',
      description: 'Leave the first token out of the fluidity-index',
    }),
    minFluidity: fraction().prefault(0.9).meta({
      flag: 'min-fluidity',
      placeholder: 'fraction',
      description: 'A request felt smooth from this fluidity-index on, 0 to 1',
    }),
    requestFraction: fraction().prefault(0.99).meta({
      flag: 'request-fraction',
      placeholder: 'fraction',
      description: 'Share of requests that must feel smooth, 0 to 1',
    }),
    latencyFrom: z.enum(['due', 'sent']).prefault('due').meta({
      flag: 'latency-from',
      placeholder: 'moment',
      description: 'Latency counts from the moment a request was due, or was sent',
    }),
    failedRequests: z.enum(['miss', 'exclude']).prefault('miss').meta({
      flag: 'failed-requests',
      placeholder: 'how',
      description: 'Failed requests miss every objective, or are left out',
    }),
    slo: z.array(z.string()).prefault([]).meta({
      flag: 'slo',
      placeholder: 'objective',
      description: "Objective, may be repeated: 'fluidity>=0.9@99%', 'ttft<=300ms@p90', 'errors<=1%'",
    }),
  })

  const output = z.strictObject({
    runs: z.string().min(1).prefault('runs').meta({
      flag: 'runs',
      placeholder: 'folder',
      description: 'Folder that holds all runs',
    }),
    name: optional(z.string().min(1)).meta({
      flag: 'name',
      placeholder: 'name',
      description: 'Name of the run; made of time and target when absent',
    }),
    keepText: z.boolean().prefault(true).meta({
      flag: 'keep-text',
      description: 'Keep the text of the answers in the run folder',
    }),
  })

  return z.strictObject({
    target: target.prefault({}),
    engine: z
      .enum(extensions.engines, { error: 'expected the name of an engine' })
      .prefault('sim:default')
      .meta({
        flag: 'engine',
        placeholder: 'preset',
        description:
          'Embedded engine to measure when no URL is given: sim:default, sim:fast, sim:slow, or a model on accelerators such as sim:yi-34b@h100x2',
      }),
    load: load.prefault({}),
    workload: workload.prefault({}),
    score: score.prefault({}),
    output: output.prefault({}),
  })
}

export type ConfigSchema = ReturnType<typeof createConfigSchema>
/** A resolved config: every option set, times in ns. */
export type Config = z.output<ConfigSchema>
/** A config as people write it: every part optional. */
export type ConfigInput = z.input<ConfigSchema>

/** `5s` is a stretch of time, `20` a number of requests; both in addition to what is measured. */
function warmup(): z.ZodType<{ readonly ns: number } | { readonly requests: number }, string | number> {
  return z.union([z.string(), z.number()]).transform((input, context) => {
    const text = String(input).trim()
    const count = /^(\d+)(\s*requests?)?$/.exec(text)
    if (count !== null) return { requests: Number(count[1]) }
    const ns = parseDurationNs(text)
    if (ns !== undefined) return { ns }
    context.addIssue({ code: 'custom', message: 'expected a duration (5s) or a number of requests (20)' })
    return z.NEVER
  })
}
