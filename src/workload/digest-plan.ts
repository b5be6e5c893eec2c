import { createHash } from 'node:crypto'
import type { Plan, PlanSchedule } from './plan.ts'

/** Lengths of later requests follow from the same seed and options, so the first ones tell plans apart. */
const DIGESTED_LENGTHS = 10_000

/** SHA-256 (hex) over the seed, the users, every due time and the lengths of the first 10,000 requests. */
export function digestPlan(seed: number, schedule: PlanSchedule, lengths: Plan['lengths']): string {
  const hash = createHash('sha256')
  const addNumbers = (name: string, numbers: Float64Array): void => {
    hash.update(`${name} ${numbers.length}\n`)
    hash.update(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
  }
  addNumbers('seed', Float64Array.of(seed))
  addNumbers('users', Float64Array.of(schedule.users ?? 0))
  addNumbers('due', schedule.dueNs ?? new Float64Array(0))
  const digested = Math.min(schedule.size ?? DIGESTED_LENGTHS, DIGESTED_LENGTHS)
  const tokens = new Float64Array(2 * digested)
  for (let id = 0; id < digested; id++) {
    const { promptTokens, outputTokens } = lengths(id)
    tokens[2 * id] = promptTokens
    tokens[2 * id + 1] = outputTokens
  }
  addNumbers('lengths', tokens)
  return hash.digest('hex')
}
