import { MetronError } from '../errors/metron-error.ts'

/**
 * The inter-token times of a caller as a Float64Array that is fit for exact arithmetic: whole nanoseconds, none
 * negative, together below 2^53 (104 days). A Float64Array is returned itself, anything else is copied.
 *
 * @throws MetronError `bad-config` naming the first time that is not
 */
export function requireInterTokenTimes(timesNs: ArrayLike<number>): Float64Array {
  const checked = timesNs instanceof Float64Array ? timesNs : Float64Array.from(timesNs)
  let sumNs = 0
  for (let i = 0; i < checked.length; i++) {
    const timeNs = checked[i]!
    sumNs += timeNs
    if (!(timeNs >= 0 && Number.isSafeInteger(sumNs))) {
      throw new MetronError(
        'bad-config',
        `inter-token time ${i} is ${timeNs}; they must be whole, non-negative nanoseconds, below 2^53 in sum`,
        { hint: 'round what you convert from seconds: Math.round(seconds * 1e9)' },
      )
    }
  }
  return checked
}
