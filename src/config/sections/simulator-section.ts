import * as z from 'zod'
import { type ConfigExtensions, kindsOf } from '../config-extensions.ts'
import { outage, slowdown } from '../engine-windows.ts'
import { extensionSpec } from '../extension-spec.ts'
import { optional } from '../optional.ts'

const limit = (flag: string, description: string) =>
  optional(z.int().positive()).meta({ flag, placeholder: 'count', description })

/** How the embedded engine schedules, remembers and writes; without any effect on a server with a URL. */
export const simulatorSection = ({ simulator }: ConfigExtensions) =>
  z.strictObject({
    policy: extensionSpec(simulator.policies)
      .prefault('prefill-first')
      .meta({
        flag: 'policy',
        placeholder: 'kind[:option=value,...]',
        description: `Scheduling policy: ${kindsOf(simulator.policies)}`,
      }),
    memory: extensionSpec(simulator.memories)
      .prefault('reserve')
      .meta({
        flag: 'memory',
        placeholder: 'kind[:option=value,...]',
        description: `How requests share the KV cache: ${kindsOf(simulator.memories)}`,
      }),
    prefixCache: extensionSpec(simulator.prefixCaches)
      .prefault('none')
      .meta({
        flag: 'prefix-cache',
        placeholder: 'kind[:option=value,...]',
        description: `Reuse of what prompts have in common at their start: ${kindsOf(simulator.prefixCaches)}`,
      }),
    speculation: extensionSpec(simulator.speculations)
      .prefault('none')
      .meta({
        flag: 'speculation',
        placeholder: 'kind[:option=value,...]',
        description: `Speculative decoding: ${kindsOf(simulator.speculations)}`,
      }),
    replicas: z.int().positive().prefault(1).meta({
      flag: 'replicas',
      placeholder: 'count',
      description: 'How many such engines behind a router',
    }),
    router: extensionSpec(simulator.routers)
      .prefault('round-robin')
      .meta({
        flag: 'router',
        placeholder: 'kind[:option=value,...]',
        description: `Which replica gets a request: ${kindsOf(simulator.routers)}`,
      }),
    outages: z.array(outage()).prefault([]).meta({
      flag: 'outage',
      placeholder: 'replica@from..to',
      description: "When a replica is down, since the engine's start: '0@10s..20s'; may be repeated",
    }),
    failures: extensionSpec(simulator.failures)
      .prefault('none')
      .meta({
        flag: 'replica-failures',
        placeholder: 'kind[:option=value,...]',
        description: `Outages of replicas at random: ${kindsOf(simulator.failures)}`,
      }),
    retry: z.boolean().prefault(false).meta({
      flag: 'retry-elsewhere',
      description: 'Send requests without a first token to another replica when theirs fails',
    }),
    slowdowns: z.array(slowdown()).prefault([]).meta({
      flag: 'slowdown',
      placeholder: 'factor@from..to',
      description: "While every step takes longer, since the engine's start: '4x@10s..20s'; may be repeated",
    }),
    costs: z
      .record(z.string(), z.union([z.number(), z.string()]))
      .prefault({})
      .meta({
        flag: 'engine-cost',
        placeholder: 'name: value',
        description:
          "Cost of a step that differs from the named engine's, such as 'overheadNs: 3ms'; may be repeated",
      }),
    maxBatch: limit('max-batch', 'Requests that may run at once; what the engine has when absent'),
    kvTokens: limit('kv-tokens', 'Tokens that the KV cache holds; what the engine has when absent'),
    contextTokens: limit(
      'context-tokens',
      'Longest prompt plus answer, tokens; what the engine has when absent',
    ),
    maxQueue: limit('max-queue', 'Requests that may wait; more are refused with 429. No limit when absent'),
    defaultMaxTokens: z.int().positive().prefault(128).meta({
      flag: 'default-max-tokens',
      placeholder: 'count',
      description: 'Longest answer when a request does not say, tokens',
    }),
    eosProbability: z.number().min(0).max(1).prefault(0).meta({
      flag: 'eos-probability',
      placeholder: 'fraction',
      description: 'Chance of an answer ending at any token, unless a request says ignore_eos; 0: never',
    }),
    tokensPerEvent: z.int().positive().prefault(1).meta({
      flag: 'tokens-per-event',
      placeholder: 'count',
      description: 'Tokens in one streamed event',
    }),
    tokenInfo: z.enum(['on-request', 'none', 'logprobs', 'token-ids']).prefault('on-request').meta({
      flag: 'token-info',
      placeholder: 'what',
      description:
        'What events tell of their tokens: what a request asks for, nothing, or always one of them',
    }),
    usage: z.enum(['running', 'final', 'none']).prefault('running').meta({
      flag: 'stream-usage',
      placeholder: 'what',
      description: 'Token counts in streams that a request may ask for: in every event, in the last, or none',
    }),
    reasoningTokens: z.int().min(0).prefault(0).meta({
      flag: 'reasoning-tokens',
      placeholder: 'count',
      description: 'First tokens of a chat answer that go out as reasoning',
    }),
    toolCalls: z.boolean().prefault(false).meta({
      flag: 'tool-calls',
      description: 'Chat answers of the embedded engine are calls of a tool',
    }),
    roleEvent: z.enum(['on-accept', 'with-first-token', 'none']).prefault('on-accept').meta({
      flag: 'role-event',
      placeholder: 'when',
      description: 'When the event that carries only the role goes out',
    }),
    faults: z.array(z.string()).prefault([]).meta({
      flag: 'fault',
      placeholder: 'fault[@chance]',
      description:
        "How answers go wrong or oddly on the wire, such as 'reset-after=3@2%'; may be repeated. All are in docs/explain/simulator.md",
    }),
    allowFaults: z.boolean().prefault(false).meta({
      flag: 'allow-faults',
      description: 'Honour the request header x-sim-fault',
    }),
  })
