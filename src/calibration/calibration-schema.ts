import * as z from 'zod'
import { CALIBRATION_SCHEMA_VERSION, type Calibration } from '../records/calibration.ts'

const count = z.int().min(0)
const spread = z.object({ p50Ns: z.number(), p99Ns: z.number(), maxNs: z.number() }).nullable()

const point = z.object({
  pattern: z.string(),
  workers: count,
  streams: count,
  perStreamPerSec: z.number().nullable(),
  chunksPerSec: z.number(),
  expectedChunks: count,
  stampedChunks: count,
  failedStreams: count,
  stampError: spread,
  dispatchError: spread,
  serverLag: spread,
  serverWrite: spread,
  threadCpuPerChunkNs: z.number().nullable(),
  processCpuPerChunkNs: z.number().nullable(),
})

const limit = z.object({
  workers: count,
  withinNs: z.number(),
  chunksPerSec: z.number().nullable(),
  isLowerBound: z.boolean(),
})

/** The shape of a calibration file. Unknown fields are left out. */
export const calibrationSchema = z.object({
  schemaVersion: z.literal(CALIBRATION_SCHEMA_VERSION),
  measuredAt: z.iso.datetime(),
  complete: z.boolean(),
  versions: z.object({ metron: z.string(), node: z.string() }),
  machine: z.object({ os: z.string(), cpu: z.string(), cores: count, memoryBytes: count }),
  loadAverage: z.number(),
  points: z.array(point),
  limits: z.array(limit),
}) satisfies z.ZodType<Calibration>
