import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { fitQuadratic, type Quadratic, quadraticAt } from '../../numerics/fit-quadratic.ts'
import { medianInterval } from '../../numerics/median-interval.ts'
import { quantileSorted } from '../../numerics/quantile-sorted.ts'
import type { Interval, PrefillPoint, PrefillProfile } from '../../records/prefill-profile.ts'
import type { LengthSamples } from './prefill-samples.ts'

const RESAMPLES = 400

/**
 * Fits a curve that never falls to the median TTFT of each prompt length, so that relative errors count alike at all
 * lengths. Intervals come from resampling the requests within each length (percentile bootstrap, seeded).
 *
 * @param samples at least three lengths, each with a sample
 */
export function fitProfile(
  samples: readonly LengthSamples[],
  precisionFraction: number,
  seed: number,
): Pick<PrefillProfile, 'points' | 'fit'> {
  const x = samples.map(({ promptTokens }) => promptTokens)
  const sorted = samples.map(({ ttftNs }) => [...ttftNs].sort((a, b) => a - b))
  const medians = sorted.map((each) => quantileSorted(each, 0.5)!)
  const fit = fitMedians(x, medians)
  const random = createRandomStream(seed).split('bootstrap')
  const resampled = Array.from({ length: RESAMPLES }, () =>
    fitMedians(
      x,
      sorted.map((each) => {
        const drawn = each.map(() => each[Math.floor(random.uniform() * each.length)]!)
        return quantileSorted(
          drawn.sort((a, b) => a - b),
          0.5,
        )!
      }),
    ),
  )
  const intervalOf = (of: (fit: Quadratic) => number): Interval => {
    const values = resampled.map(of).sort((a, b) => a - b)
    return { value: of(fit), low: quantileSorted(values, 0.025)!, high: quantileSorted(values, 0.975)! }
  }
  const points = samples.map(({ promptTokens }, i): PrefillPoint => {
    const median = medianInterval(sorted[i]!)!
    return {
      promptTokens,
      count: sorted[i]!.length,
      ttftNs: {
        value: median.value,
        low: median.low ?? sorted[i]![0]!,
        high: median.high ?? sorted[i]!.at(-1)!,
      },
      fittedNs: intervalOf((each) => quadraticAt(each, promptTokens)),
      residualFraction: (median.value - quadraticAt(fit, promptTokens)) / median.value,
      reachedPrecision: isTight(sorted[i]!, precisionFraction),
    }
  })
  const errors = points.map(({ residualFraction }) => Math.abs(residualFraction))
  return {
    points,
    fit: {
      aNs: intervalOf(([a]) => a),
      bNs: intervalOf(([, b]) => b),
      cNs: intervalOf(([, , c]) => c),
      fromTokens: Math.min(...x),
      toTokens: Math.max(...x),
      meanErrorFraction: errors.reduce((sum, error) => sum + error, 0) / errors.length,
      maxErrorFraction: Math.max(...errors),
    },
  }
}

/** Whether half the interval of the median is at most so large a share of it. Fewer than 6 samples are never tight. */
export function isTight(sorted: readonly number[], precisionFraction: number): boolean {
  const median = medianInterval(sorted)
  if (median === null || median.low === null || median.high === null) return false
  return (median.high - median.low) / 2 <= precisionFraction * median.value
}

function fitMedians(x: readonly number[], medians: readonly number[]): Quadratic {
  return fitQuadratic(
    x,
    medians,
    medians.map((ns) => 1 / ns ** 2),
  )!
}
