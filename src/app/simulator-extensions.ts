import * as z from 'zod'
import type { ConfigExtensions } from '../config/config-extensions.ts'
import type { SpecifiedExtension } from '../config/extension-spec.ts'
import { chunkedPrefillPolicy } from '../simulator/chunked-prefill-policy.ts'
import { deadlinePriorityPolicy } from '../simulator/deadline-priority-policy.ts'
import { disaggregatedOptions } from '../simulator/disaggregated-options.ts'
import { leastOutstandingRouter } from '../simulator/fleet/least-outstanding-router.ts'
import { failureOptions } from '../simulator/fleet/outages.ts'
import { prefixAffinityRouter } from '../simulator/fleet/prefix-affinity-router.ts'
import { roundRobinRouter } from '../simulator/fleet/round-robin-router.ts'
import { memoryOptions } from '../simulator/memory-options.ts'
import { prefillFirstPolicy } from '../simulator/prefill-first-policy.ts'
import { prefixCacheOptions } from '../simulator/prefix-cache-options.ts'
import { speculationOptions } from '../simulator/speculation.ts'
import { staticBatchingPolicy } from '../simulator/static-batching-policy.ts'

const none = (summary: string): SpecifiedExtension => ({
  kind: 'none',
  summary,
  options: z.strictObject({}),
})

/** What the embedded engine can be made of, by kind. */
export const SIMULATOR_EXTENSIONS: ConfigExtensions['simulator'] = {
  policies: [
    prefillFirstPolicy,
    chunkedPrefillPolicy,
    staticBatchingPolicy,
    deadlinePriorityPolicy,
    {
      kind: 'disaggregated',
      summary: 'prefill and decode on two engines with a link between them',
      options: disaggregatedOptions,
    },
  ].map(({ kind, summary, options }) => ({ kind, summary, options: withoutKind(options) })),
  memories: memoryOptions.options.map((options) => ({
    kind: [...options.shape.kind.values][0]!,
    summary: options.shape.kind.description!,
    options: withoutKind(options),
  })),
  prefixCaches: [
    none('every prompt is computed from its start'),
    {
      kind: 'lru',
      summary: 'keeps blocks of prompts, drops the longest unused first',
      options: prefixCacheOptions,
    },
  ],
  speculations: [
    none('one token a step'),
    {
      kind: 'draft',
      summary: 'a small model drafts tokens, one step checks them all',
      options: speculationOptions,
    },
  ],
  routers: [roundRobinRouter, leastOutstandingRouter, prefixAffinityRouter].map(
    ({ kind, summary, options }) => ({ kind, summary, options: withoutKind(options) }),
  ),
  failures: [
    none('replicas stay up'),
    {
      kind: 'random',
      summary: 'each replica is up and down for exponential times',
      options: failureOptions,
    },
  ],
}

/** The kind stands before the options of a shorthand. */
function withoutKind(options: z.ZodType): z.ZodType {
  return (options as z.ZodObject).omit({ kind: true })
}
