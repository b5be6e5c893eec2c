import { type ComparedRun, type CompareOptions, compareRuns } from '../compare/compare-runs.ts'
import { COMPARED_ROWS } from '../compare/compared-metrics.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { ConfigLayer } from '../config/config-layer.ts'
import { nearest } from '../config/nearest.ts'
import { MetronError } from '../errors/metron-error.ts'
import { type ScoredRun, scoreRun } from './score-run.ts'

/**
 * Compares two sides of run folders (or result files of other tools), each run judged by the options stored with it, or all by
 * `changes`.
 *
 * @throws MetronError as `scoreRun`; `bad-config` for a side without runs or an unknown row in the margins
 */
export async function compareRunFolders(
  a: readonly string[],
  b: readonly string[],
  options: CompareOptions = {},
  changes: ConfigLayer = { values: {}, origin: () => 'the comparison' },
): Promise<Comparison> {
  for (const id of Object.keys(options.margins ?? {})) {
    if (COMPARED_ROWS.includes(id)) continue
    const meant = nearest(id, COMPARED_ROWS)
    throw new MetronError('bad-config', `--margin: there is no ${JSON.stringify(id)} to compare`, {
      hint: meant === undefined ? `There are ${COMPARED_ROWS.join(', ')}.` : `Did you mean ${meant}?`,
    })
  }
  if (a.length === 0 || b.length === 0)
    throw new MetronError('bad-config', 'a comparison needs at least one run on each side', {
      hint: 'Give two run folders, or several with --a and --b.',
    })
  const load = async (path: string): Promise<ComparedRun> => toComparedRun(await scoreRun({ path, changes }))
  return compareRuns(await Promise.all(a.map(load)), await Promise.all(b.map(load)), options)
}

function toComparedRun({ manifest, measured, config }: ScoredRun): ComparedRun {
  const { load, workload, score } = config
  const settings: Record<string, unknown> = {
    Arrivals: load.arrivals ?? 'default',
    'Offered rate': load.users === null ? `${load.rate}/s` : null,
    Users: load.users,
    'Prompt length': workload.trace ?? workload.prompt,
    'Answer length': workload.trace ?? workload.output,
    'Shared prefix': workload.sharedPrefixTokens,
    Protocol: manifest.target.protocol,
    'Deadline between tokens': `${score.tbtDeadline / 1e6} ms`,
    'Latency origin': score.latencyFrom,
    'Failed requests': score.failedRequests,
  }
  return {
    name: manifest.name,
    requests: measured.requests,
    facts: {
      name: manifest.name,
      status: manifest.status,
      health: manifest.health?.verdict ?? 'unknown',
      settings: Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ),
    },
  }
}
