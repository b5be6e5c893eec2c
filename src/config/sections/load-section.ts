import * as z from 'zod'
import { type ConfigExtensions, kindsOf } from '../config-extensions.ts'
import { extensionSpec } from '../extension-spec.ts'
import { optional } from '../optional.ts'
import { parseDurationNs } from '../parse-duration.ts'
import { durationNs, ratePerSec } from '../units.ts'

/** How many requests, and when. */
export const loadSection = (extensions: ConfigExtensions) =>
  z.strictObject({
    arrivals: optional(extensionSpec(extensions.arrivals)).meta({
      flag: 'arrivals',
      placeholder: 'kind[:option=value,...]',
      description: `How requests become due: ${kindsOf(extensions.arrivals)}; when absent poisson, or closed-loop if there are users`,
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
