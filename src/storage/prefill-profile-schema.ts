import * as z from 'zod'
import { PREFILL_PROFILE_VERSION, type PrefillProfile } from '../records/prefill-profile.ts'
import type { Plain } from './journal-line.ts'

const count = z.int().min(0)
const positive = z.number().positive()
const interval = z.strictObject({ value: z.number().min(0), low: z.number().min(0), high: z.number().min(0) })
const error = z.number().min(0)

/** The shape of a prefill profile, published as `schemas/prefill-profile.schema.json`. */
export const prefillProfileSchema = z
  .strictObject({
    schemaVersion: z.literal(PREFILL_PROFILE_VERSION),
    kind: z.literal('metron-prefill-profile'),
    measuredAt: z.iso.datetime().describe('Wall clock, ISO 8601 UTC.'),
    versions: z.strictObject({ metron: z.string(), node: z.string() }),
    clock: z.enum(['real', 'virtual']),
    target: z.strictObject({ url: z.string().nullable(), model: z.string(), protocol: z.string() }),
    seed: z.int(),
    runs: z.array(z.string()).describe('Run folders with the raw timelines.'),
    precisionFraction: positive,
    points: z.array(
      z.strictObject({
        promptTokens: positive,
        count: z.int().min(1),
        ttftNs: interval.describe('Median and its 95 % interval, ns.'),
        fittedNs: interval.describe('Fitted curve and its 95 % bootstrap interval, ns.'),
        residualFraction: z.number().describe('(measured - fitted) / measured.'),
        reachedPrecision: z.boolean(),
      }),
    ),
    fit: z
      .strictObject({
        aNs: interval,
        bNs: interval,
        cNs: interval,
        fromTokens: positive,
        toTokens: positive,
        meanErrorFraction: error,
        maxErrorFraction: error,
      })
      .describe('TTFT in ns of n prompt tokens: aNs + bNs n + cNs n^2, within fromTokens..toTokens.'),
    excluded: z.strictObject({ failed: count, cached: count }),
    cacheToldRequests: count,
    health: z.strictObject({ verdict: z.enum(['valid', 'degraded']), reasons: z.array(z.string()) }),
  })
  .meta({
    title: 'Prefill profile',
    description: 'TTFT on an idle server against prompt length, made by metron profile.',
  }) satisfies z.ZodType<Plain<PrefillProfile>>
