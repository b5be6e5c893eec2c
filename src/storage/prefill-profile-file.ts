import { readFile } from 'node:fs/promises'
import { MetronError } from '../errors/metron-error.ts'
import type { PrefillProfile } from '../records/prefill-profile.ts'
import { fieldProblem } from './field-problem.ts'
import { prefillProfileSchema } from './prefill-profile-schema.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** @throws MetronError `cannot-write` */
export function writePrefillProfile(path: string, profile: PrefillProfile): void {
  writeFileAtomically(path, `${JSON.stringify(profile, null, 2)}\n`)
}

/** @throws MetronError `bad-input-file`: which file, which field, what is wrong with it */
export async function readPrefillProfile(path: string): Promise<PrefillProfile> {
  let problem: string
  try {
    const read = prefillProfileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
    if (read.success) return read.data
    problem = fieldProblem(read.error)
  } catch (error) {
    problem = error instanceof SyntaxError ? 'it is no JSON' : (error as Error).message
  }
  throw new MetronError('bad-input-file', `cannot read the prefill profile ${path}: ${problem}`, {
    hint: 'Make one with metron profile.',
  })
}
