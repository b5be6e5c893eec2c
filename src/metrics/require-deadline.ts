import { MetronError } from '../errors/metron-error.ts'

/**
 * Returns `deadlineNs` when it is a deadline: a positive whole number of nanoseconds below 2^53.
 *
 * @param name how the caller calls it, for the message
 * @throws MetronError `bad-config` for anything else
 */
export function requireDeadline(name: string, deadlineNs: number): number {
  if (Number.isSafeInteger(deadlineNs) && deadlineNs > 0) return deadlineNs
  throw new MetronError(
    'bad-config',
    `${name} must be a positive whole number of nanoseconds, not ${deadlineNs}`,
    {
      hint: '25 ms is 25_000_000 ns; round what you convert from seconds',
    },
  )
}
