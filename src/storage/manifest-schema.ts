import * as z from 'zod'
import { MANIFEST_SCHEMA_VERSION, type Manifest } from '../records/manifest.ts'
import type { Plain } from './journal-line.ts'

const count = z.int().min(0)
const rate = z.number().min(0).nullable()

const worker = z.strictObject({
  worker: count.describe('Index of the worker thread, from 0.'),
  loopDelayP99Ns: z
    .number()
    .describe('p99 of the delay of its event loop; in a short run the third longest.'),
  loopDelayMaxNs: z.number(),
  loopUtilizationFraction: z.number().describe('Share of time its event loop was busy, 0..1.'),
  gcCount: count.describe('Garbage collections of the thread.'),
  gcTotalNs: z.number().describe('Time of all of them together.'),
  gcMaxNs: z.number().describe('The longest.'),
})

const arrivalFit = z.strictObject({
  test: z.literal('kolmogorov-smirnov'),
  distribution: z.string(),
  statistic: z.number(),
  pValue: z.number(),
  count,
})

const calibrationCheck = z.strictObject({
  measuredAt: z.iso.datetime(),
  limitChunksPerSec: z.number().nullable(),
  peakChunksPerSec: z.number(),
  inside: z.boolean(),
})

const health = z
  .strictObject({
    verdict: z.enum(['valid', 'degraded', 'invalid']),
    reasons: z.array(z.string()).describe('Why the verdict is not valid; empty when it is.'),
    lag: z
      .strictObject({ p50Ns: z.number(), p99Ns: z.number(), maxNs: z.number() })
      .nullable()
      .describe('dispatched - due over all requests, in ns; null when nothing was dispatched.'),
    workers: z.array(worker),
    cpuStealFraction: z
      .number()
      .nullable()
      .describe('Share of CPU time given to other machines, 0..1; null where the system does not tell.'),
    arrivals: arrivalFit
      .nullable()
      .describe(
        'Fit of the dispatch gaps to the arrival process; null without a distribution or with under 10 requests.',
      ),
    calibration: calibrationCheck
      .nullable()
      .describe('This load beside the last calibration of the machine; null when never calibrated.'),
    offeredPerSec: rate.describe(
      'Requests per second of the open-loop schedule; null for a closed loop or a burst.',
    ),
    achievedPerSec: rate.describe(
      'Requests per second that were sent; over the whole run without a schedule.',
    ),
    connectionsOpened: count,
    connectionsReused: count,
    resends: count.describe('Silent resends after a kept-alive connection turned out to be closed.'),
    backlogMaxNs: z
      .number()
      .nullable()
      .describe('Longest time from the end of a request until the main thread got to it; delays no stamp.'),
  })
  .describe('What the instrument says of itself; null until the run has ended.')

const machine = z.strictObject({
  os: z.string(),
  cpu: z.string(),
  cores: count,
  memoryBytes: count,
})

const target = z.strictObject({
  url: z.string().nullable().describe('Without user info, query or fragment; null for the embedded engine.'),
  protocol: z.string(),
  model: z.string(),
  accepts: z.array(z.string()).describe('Optional request fields that the server accepted at pre-flight.'),
})

/** The shape of `manifest.json`, published as `schemas/manifest.schema.json`. Strict: an unknown field is an error. */
export const manifestSchema = z
  .strictObject({
    schemaVersion: z.literal(MANIFEST_SCHEMA_VERSION).describe('Version of the shape of this file.'),
    recordSchemaVersion: z.int().min(1).describe('Version of a journal line of this run.'),
    name: z.string().min(1),
    status: z
      .enum(['running', 'complete', 'interrupted', 'failed'])
      .describe('running until the run has been written completely; a killed run keeps it.'),
    startedAt: z.iso.datetime().describe('Wall clock, ISO 8601 UTC.'),
    endedAt: z.iso.datetime().nullable().describe('Wall clock, ISO 8601 UTC; null while running.'),
    clockZeroNs: z
      .string()
      .regex(/^\d+$/)
      .describe("The run's zero on the machine's monotonic clock, in ns, as a decimal string."),
    seed: z.int(),
    planDigest: z.string().describe('SHA-256 over due times, lengths and prompt salts.'),
    plannedRequests: count.nullable(),
    users: count.nullable().describe('Users of a closed loop; null for an open loop.'),
    warmupRequests: count.describe('Requests with a smaller id are warm-up; 0 when it is a stretch of time.'),
    measureFromNs: z.int().describe('Requests due before this moment are warm-up.'),
    versions: z.strictObject({ metron: z.string(), node: z.string() }),
    machine,
    target,
    tokenizer: z.string(),
    config: z.record(z.string(), z.unknown()).describe('The resolved config with secrets left out.'),
    command: z.string().describe('The command line that repeats the run, without secrets.'),
    health: health.nullable(),
    imported: z
      .strictObject({
        format: z.string().describe('The importer that read the file.'),
        file: z.string().describe('Name of the file.'),
        hasDueTimes: z
          .boolean()
          .describe('Whether requests have a due moment of their own; otherwise it repeats the sending.'),
        limits: z.array(z.string()).describe('What the file cannot support, one sentence each.'),
      })
      .optional()
      .describe('Only of a run that another tool measured.'),
  })
  .meta({
    title: 'manifest.json',
    description:
      'Everything about a Metron run that is not a request. Never holds a key, token or header value.',
  }) satisfies z.ZodType<Plain<Manifest>>
