import type { MetricUnit } from '../../metrics/metric-definition.ts'

/** The share of samples at or below each value. `values` never decrease; `shares` are in (0, 1]. Parallel arrays. */
export interface CdfView {
  readonly id: string
  readonly label: string
  readonly unit: MetricUnit
  readonly better: 'lower' | 'higher' | 'neither'
  /** What one sample is: `request` or `gap between tokens`. */
  readonly sample: string
  readonly count: number
  readonly values: readonly number[]
  readonly shares: readonly number[]
  /** Percentiles to mark: p50, p90, p99, or p50, p10, p1 where more is better, so that the tail is the bad one. Empty without samples. */
  readonly marks: readonly { readonly name: string; readonly share: number; readonly value: number }[]
  readonly scale: 'linear' | 'log'
  /** A bound worth seeing beside the curve, such as the deadline between tokens. */
  readonly reference: { readonly value: number; readonly label: string } | null
  /** How points were chosen, when not all are there; `null` when all are. */
  readonly sampling: string | null
}

/** Miss rate over requests against the deadline between tokens. Parallel arrays. */
export interface DeadlineCurveView {
  readonly deadlineNs: readonly number[]
  readonly p50: readonly (number | null)[]
  readonly p90: readonly (number | null)[]
  readonly p99: readonly (number | null)[]
  /** The chosen deadline between tokens. */
  readonly chosenNs: number
  /** 1 - minFluidity: the miss rate a fluid request may have. */
  readonly allowedMissRate: number
  readonly requestFraction: number
  /** fluid token generation rate in tokens/s and its inverse, the smallest deadline that enough requests meet; `null` without data. */
  readonly fluid: { readonly tokensPerSec: number; readonly deadlineNs: number } | null
}

/** TTFT against prompt length, one point a request. Parallel arrays. */
export interface PromptScatterView {
  readonly id: readonly number[]
  readonly promptTokens: readonly number[]
  readonly ttftNs: readonly number[]
  /** Requests that have a TTFT; more than the points when sampled. */
  readonly count: number
  readonly sampling: string | null
  /** The deadline of the first token over the range of prompt lengths. Parallel arrays. */
  readonly deadline: { readonly promptTokens: readonly number[]; readonly ns: readonly number[] }
}

/** Requests between dispatch and end, over the whole run, warm-up included. Parallel arrays. */
export interface InFlightView {
  /** Start of each bin, ns since the run's zero. */
  readonly ns: readonly number[]
  /** Most requests in flight at once during the bin. */
  readonly requests: readonly number[]
  readonly binNs: number
  readonly endNs: number
  readonly measureFromNs: number
  readonly peak: number
  /** When requests failed; at most 500. */
  readonly failedNs: readonly number[]
}
