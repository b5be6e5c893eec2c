import type { RunView } from './view/run-view.ts'

/** A run for programs: everything a {@link RunView} says, without what only pictures need. Plain JSON. */
export type JsonDocument = { readonly schemaVersion: 1 } & Omit<
  RunView,
  'cdfs' | 'promptScatter' | 'timelines' | 'inFlight'
>

/** What `--json` prints. Units are those of each metric (`unit`): ns, fractions, tokens/s; missing values are `null`. */
export function toJsonDocument(view: RunView): JsonDocument {
  const { cdfs: _cdfs, promptScatter: _scatter, timelines: _timelines, inFlight: _inFlight, ...rest } = view
  return { schemaVersion: 1, ...rest }
}
