import { MetronError } from '../errors/metron-error.ts'

/**
 * Returns `fraction` when it lies within 0..1.
 *
 * @param name how the caller calls it, for the message
 * @throws MetronError `bad-config` for anything else
 */
export function requireFraction(name: string, fraction: number): number {
  if (fraction >= 0 && fraction <= 1) return fraction
  throw new MetronError('bad-config', `${name} must be a fraction from 0 to 1, not ${fraction}`, {
    hint: '90 % is written 0.9',
  })
}
