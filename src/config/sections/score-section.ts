import * as z from 'zod'
import { parseTtftDeadline, type TtftDeadline } from '../ttft-deadline.ts'
import { durationNs } from '../units.ts'

/** A share of something that is there at all. */
const fraction = () => z.number().gt(0).max(1)

const ttftDeadline = (): z.ZodType<TtftDeadline, string> => {
  const message = 'expected a duration such as 300ms, or a profile such as profile.json+300ms'
  return z.string({ error: message }).transform((text, context) => {
    const deadline = parseTtftDeadline(text)
    if (deadline !== undefined) return deadline
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
}

/** How a run is judged. */
export const scoreSection = () =>
  z.strictObject({
    ttftDeadline: ttftDeadline().prefault('1s').meta({
      flag: 'ttft-deadline',
      placeholder: 'duration|profile.json+duration',
      description:
        'Deadline of the first token: a duration, or a profile of metron profile with a factor and slack, profile.json*1.5+300ms',
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
