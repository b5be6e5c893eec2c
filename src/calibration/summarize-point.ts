import { quantilesOf } from '../numerics/quantiles-of.ts'
import type { CalibrationPoint, ErrorSpread } from '../records/calibration.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { hasSchedule } from './choose-points.ts'
import { readPacedText } from './paced-text.ts'
import type { PointSetting } from './point-setting.ts'

/** What the client saw at one load. */
export interface PointObservation {
  readonly setting: PointSetting
  readonly records: readonly RequestRecord[]
  /** Chunks that each stream was to hold. */
  readonly eventsPerStream: number
  /** The run's zero on the machine's monotonic clock, on which moments and chunks count. */
  readonly zeroNs: number
  /** The measured stretch, ns since the zero; `null`: from the first chunk to the last. */
  readonly window: { readonly fromNs: number; readonly toNs: number } | null
  /** CPU used so far at some moments, since the zero, rising; `threadsNs` is `null` where it is not known. */
  readonly cpu: readonly CpuReading[]
}

export interface CpuReading {
  readonly atNs: number
  readonly threadsNs: number | null
  readonly processNs: number
}

/** The facts of one point of a calibration, from the records of its run. */
export function summarizePoint(observation: PointObservation): CalibrationPoint {
  const { setting, records, zeroNs } = observation
  const scheduled = hasSchedule(setting.pattern)
  const window = observation.window ?? spanOf(records)
  const stampErrors: number[] = []
  const lags: number[] = []
  const writes: number[] = []
  let stampedChunks = 0
  for (const { chunks, text } of records) {
    stampedChunks += chunks.ns.length
    let at = 0
    for (let i = 0; i < chunks.ns.length; i++) {
      const paced = readPacedText(text!.slice(at, at + chunks.chars[i]!))
      at += chunks.chars[i]!
      const stampNs = chunks.ns[i]!
      if (paced === null || stampNs < window.fromNs || stampNs > window.toNs) continue
      stampErrors.push(stampNs + zeroNs - paced.sentNs)
      if (scheduled) lags.push(paced.lateNs)
      if (paced.sequence > 0) writes.push(paced.wroteNs)
    }
  }
  const sent = records.filter(({ moments }) => moments.sentNs !== null)
  return {
    pattern: setting.pattern,
    workers: setting.workers,
    streams: setting.streams,
    perStreamPerSec: scheduled ? setting.perStreamPerSec : null,
    chunksPerSec: stampErrors.length === 0 ? 0 : (stampErrors.length / (window.toNs - window.fromNs)) * 1e9,
    expectedChunks: observation.eventsPerStream * setting.streams,
    stampedChunks,
    failedStreams:
      records.filter(({ outcome }) => outcome.kind === 'failed').length + setting.streams - records.length,
    stampError: spreadOf(stampErrors),
    dispatchError: spreadOf(sent.map(({ moments }) => moments.dispatchedNs - moments.dueNs)),
    serverLag: spreadOf(lags),
    serverWrite: spreadOf(writes),
    ...cpuPerChunk(records, observation.cpu, window),
  }
}

/** p50, p99 and maximum in whole ns; `null` of nothing. */
export function spreadOf(values: readonly number[]): ErrorSpread | null {
  const { quantiles } = quantilesOf(Float64Array.from(values), [0.5, 0.99, 1])
  const [p50Ns, p99Ns, maxNs] = quantiles.map((value) => (value === null ? null : Math.round(value)))
  return values.length === 0 ? null : { p50Ns: p50Ns!, p99Ns: p99Ns!, maxNs: maxNs! }
}

/** Between the first and the last reading within the window, so that time and chunks are those of the readings. */
function cpuPerChunk(
  records: readonly RequestRecord[],
  readings: readonly CpuReading[],
  { fromNs, toNs }: { fromNs: number; toNs: number },
): Pick<CalibrationPoint, 'threadCpuPerChunkNs' | 'processCpuPerChunkNs'> {
  const inside = readings.filter(({ atNs }) => atNs >= fromNs && atNs <= toNs)
  const [first, last] = [inside[0], inside.at(-1)]
  if (first === undefined || last === undefined || first === last)
    return { threadCpuPerChunkNs: null, processCpuPerChunkNs: null }
  let count = 0
  for (const { chunks } of records)
    for (let i = 0; i < chunks.ns.length; i++)
      if (chunks.ns[i]! >= first.atNs && chunks.ns[i]! < last.atNs) count += 1
  const perChunk = (from: number | null, to: number | null): number | null =>
    from === null || to === null || count === 0 ? null : Math.round((to - from) / count)
  return {
    threadCpuPerChunkNs: perChunk(first.threadsNs, last.threadsNs),
    processCpuPerChunkNs: perChunk(first.processNs, last.processNs),
  }
}

function spanOf(records: readonly RequestRecord[]): { fromNs: number; toNs: number } {
  let fromNs = Number.POSITIVE_INFINITY
  let toNs = 0
  for (const { chunks } of records) {
    fromNs = Math.min(fromNs, chunks.ns[0] ?? fromNs)
    toNs = Math.max(toNs, chunks.ns[chunks.ns.length - 1] ?? 0)
  }
  return { fromNs, toNs }
}
