/**
 * The verdict over all objectives of a stored summary: its `verdicts`, each with a `status`. One failure fails the
 * run; else one without data leaves it open. A run that the client spoiled is `void`. `null` when the summary has none.
 */
export function verdictOf(summary: object): 'pass' | 'fail' | 'no-data' | 'void' | null {
  const { verdicts } = summary as { verdicts?: unknown }
  if (!Array.isArray(verdicts) || verdicts.length === 0) return null
  const statuses = verdicts.map((verdict: { status?: unknown } | null) => verdict?.status)
  if (statuses.includes('void')) return 'void'
  if (statuses.includes('fail')) return 'fail'
  return statuses.every((status) => status === 'pass') ? 'pass' : 'no-data'
}
