import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MetronError } from '../errors/metron-error.ts'
import { MANIFEST_SCHEMA_VERSION, type Manifest } from '../records/manifest.ts'
import { fieldProblem } from './field-problem.ts'
import { manifestSchema } from './manifest-schema.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/**
 * Writes `manifest.json` into a run folder, replacing an older one as a whole. Writes the object as it is: leaving
 * secrets out is the caller's duty.
 *
 * @throws MetronError `cannot-write`
 */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeFileAtomically(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/**
 * Reads and checks `manifest.json` of a run folder.
 *
 * @throws MetronError `bad-run-folder` when it is missing, no JSON or malformed (names the field); `unsupported`
 * when a newer Metron wrote it
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, 'manifest.json')
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const problem = missing ? 'there is no such file' : (error as Error).message
    throw new MetronError('bad-run-folder', `cannot read ${path}: ${problem}`, {
      hint: 'Give the folder of a run, such as runs/<name>; `metron list` shows them.',
      cause: error,
    })
  }
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (typeof version === 'number' && version > MANIFEST_SCHEMA_VERSION) {
    const message = `${path} has version ${version}; this Metron reads up to ${MANIFEST_SCHEMA_VERSION}`
    throw new MetronError('unsupported', message, {
      hint: 'A newer Metron wrote the run: read it with that one.',
    })
  }
  const result = manifestSchema.safeParse(value)
  if (result.success) return result.data
  throw new MetronError('bad-run-folder', `${path}: ${fieldProblem(result.error)}`, {
    hint: 'The manifest was changed or damaged after it was written.',
  })
}
