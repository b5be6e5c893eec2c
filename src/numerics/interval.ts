/** The confidence of every interval that is shown unless it says otherwise. */
export const CONFIDENCE = 0.95

/** A confidence interval. An end is `null` where the data set none: the interval is open on that side. */
export interface Interval {
  readonly low: number | null
  readonly high: number | null
  /** Chance that an interval made this way holds the true value, such as 0.95. */
  readonly confidence: number
}
