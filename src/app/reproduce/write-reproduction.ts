import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { MetronError } from '../../errors/metron-error.ts'
import { renderReproduction } from '../../report/html/render-reproduction.ts'
import type { Reproduction } from '../../report/view/reproduction-view.ts'
import { writeFileAtomically } from '../../storage/write-file-atomically.ts'

/**
 * Writes `report.html` and `results.json` into a folder, which is made when it is missing. Returns the path of the report.
 *
 * @throws MetronError `cannot-write`
 */
export function writeReproduction(folder: string, reproduction: Reproduction): string {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new MetronError('cannot-write', `cannot make the folder ${folder}`, {
      hint: 'name another with --out',
      cause,
    })
  }
  writeFileAtomically(join(folder, 'results.json'), `${JSON.stringify(reproduction, null, 2)}\n`)
  const report = join(folder, 'report.html')
  writeFileAtomically(report, renderReproduction(reproduction))
  return report
}
