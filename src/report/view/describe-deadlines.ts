import { formatSetting } from '../format/format-duration.ts'
import type { DeadlinesView } from './run-view.ts'

/** By which deadlines a run was judged, as one sentence. */
export function describeDeadlines({ ttft, tbtNs, ignoreFirst }: DeadlinesView): string {
  const each = `each further token ${formatSetting(tbtNs)} after the one before`
  return ignoreFirst
    ? `Deadlines: ${each}; the first token is left out.`
    : `Deadlines: first token after ${ttft}, ${each}.`
}
