import type { Config } from '../config/config-schema.ts'
import { MetronError } from '../errors/metron-error.ts'
import { compatRun } from '../metrics/compat/compat-run.ts'
import type { CompatRow, CompatView } from '../metrics/compat/compat-view.ts'
import { COMPAT_VIEWS } from '../metrics/compat/compat-views.ts'
import type { Manifest } from '../records/manifest.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { ttftDeadlineOptions } from './ttft-deadline.ts'

/** Names of the tools by whose definitions a run can be shown. */
export const COMPAT_KINDS: readonly string[] = COMPAT_VIEWS.map(({ kind }) => kind)

/**
 * The numbers that another tool would show of a run, by its own definitions.
 *
 * @throws MetronError `bad-config` for a tool that is not one of `COMPAT_KINDS`
 */
export function viewAsTool(
  kind: string,
  run: {
    readonly manifest: Manifest
    readonly records: readonly RequestRecord[]
    readonly score: Config['score']
  },
): Pick<CompatView, 'kind' | 'tool' | 'notes'> & { readonly rows: readonly CompatRow[] } {
  const view = COMPAT_VIEWS.find((each) => each.kind === kind)
  if (view === undefined)
    throw new MetronError('bad-config', `there are no definitions of ${JSON.stringify(kind)}`, {
      hint: `There are those of ${COMPAT_KINDS.join(', ')}.`,
    })
  const { manifest, records, score } = run
  const prepared = compatRun(records, {
    ttftDeadlineNs: ttftDeadlineOptions(score.ttftDeadline).ttftDeadlineNs,
    tbtDeadlineNs: score.tbtDeadline,
    measureFromNs: manifest.measureFromNs,
  })
  const { tool, notes } = view
  return { kind, tool, notes, rows: view.rows(prepared) }
}
