import { parseTargetUrl } from '../clients/openai/parse-target-url.ts'
import type { ResolvedConfig } from '../config/resolve-config.ts'
import { parseObjective } from '../slo/parse-objective.ts'
import { checkWorkload } from './prepare-plan.ts'
import { shownValues } from './rerun-command.ts'
import { engineParts } from './simulator-input.ts'

/**
 * What a benchmark would be made with: every option as people write it, secrets hidden. Refuses what the benchmark would
 * refuse before it asks the server; sends and writes nothing.
 *
 * @throws MetronError `bad-config`, `bad-input-file`
 */
export async function explainConfig(resolved: ResolvedConfig): Promise<Record<string, unknown>> {
  const { target, score } = resolved.config
  for (const objective of score.slo) parseObjective(objective)
  await checkWorkload(resolved.config)
  engineParts(resolved.config)
  return shownValues(resolved, target.url === null ? null : parseTargetUrl(target.url).display)
}
