import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { MetronError } from '../errors/metron-error.ts'
import { checkRunName } from './run-name.ts'
import { type RunPaths, runPaths } from './run-paths.ts'
import { writeFailure } from './write-failure.ts'

const MOST_OF_ONE_NAME = 10_000

/**
 * Makes the folder of a new run inside `parent`, which is made too when it is missing. An existing run is never
 * touched: the name gets `-2`, `-3`, ... until it is free, so read the name given from the result.
 *
 * @param name see `checkRunName`; `defaultRunName` makes one
 * @throws MetronError `bad-config` for a bad name, `cannot-write` when the folder cannot be made
 */
export function createRunFolder(parent: string, name: string): RunPaths {
  checkRunName(name)
  makeFolder(parent, true)
  for (let number = 1; number <= MOST_OF_ONE_NAME; number++) {
    const folder = join(parent, number === 1 ? name : `${name}-${number}`)
    if (makeFolder(folder, false)) return runPaths(folder)
  }
  throw new MetronError('cannot-write', `there are ${MOST_OF_ONE_NAME} runs named ${name} in ${parent}`, {
    hint: 'Choose another run name.',
  })
}

/** Whether the folder was made; `false` when there is something of that name. Making it also reserves it. */
function makeFolder(folder: string, recursive: boolean): boolean {
  try {
    mkdirSync(folder, { recursive })
    return true
  } catch (error) {
    if (!recursive && (error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw writeFailure(folder, error)
  }
}
