import { randomInt } from 'node:crypto'
import type { ResolvedConfig } from '../config/resolve-config.ts'
import { parseObjective } from '../slo/parse-objective.ts'
import { createRunFolder } from '../storage/run-folder.ts'
import { checkRunName, defaultRunName } from '../storage/run-name.ts'
import { isExactTokenizer, loadTokenizer } from '../tokens/load-tokenizer.ts'
import type { BenchHooks } from './bench-hooks.ts'
import { describeRun } from './describe-run.ts'
import { type FinishedRun, finishRun } from './finish-run.ts'
import { judgeLoad } from './judge-load.ts'
import { measure } from './measure.ts'
import { preparePlan } from './prepare-plan.ts'
import { reachTarget } from './reach-target.ts'
import { loadCalibration } from './saved-calibration.ts'
import type { StartedServer } from './server/start-server.ts'
import { withServer } from './server/with-server.ts'
import { pinTtftDeadline } from './ttft-deadline.ts'

/**
 * The main job: measures a streaming server and writes a run folder.
 *
 * @throws MetronError when the config is wrong, the target does not answer, or the run cannot be written
 */
export async function runBench(asked: ResolvedConfig, hooks: BenchHooks = {}): Promise<FinishedRun> {
  const resolved = await pinTtftDeadline(asked)
  return withServer(resolved.config, hooks, (watched, server) => runAgainst(resolved, watched, server))
}

async function runAgainst(
  resolved: ResolvedConfig,
  hooks: BenchHooks,
  server: StartedServer | null,
): Promise<FinishedRun> {
  const { config } = resolved
  if (config.output.name !== null) checkRunName(config.output.name)
  const objectives = config.score.slo.map(parseObjective)
  const { calibration, note } = loadCalibration(hooks.env ?? process.env)
  if (note !== null) hooks.onNote?.(note)
  tellIgnored(resolved, hooks)
  const seed = config.load.seed ?? randomInt(2 ** 31)
  hooks.onStage?.('Loading the tokenizer')
  const tokenizer = await loadTokenizer(config.workload.tokenizer)
  const plan = await preparePlan(config, seed, tokenizer)
  hooks.onStage?.(config.target.url === null ? 'Starting the embedded engine' : 'Asking the server')
  const target = await reachTarget(config, hooks.env ?? process.env, seed)
  try {
    const name = config.output.name ?? defaultRunName(new Date(), target.shownUrl)
    const paths = createRunFolder(config.output.runs, name)
    server?.moveLog(paths.folder)
    const manifest = describeRun({
      name: paths.name,
      resolved,
      seed,
      plan,
      target,
      tokenizer: tokenizer.name,
    })
    hooks.onStage?.('Writing the first prompts')
    const { records, manifest: ended } = await measure({ config, plan, target, paths, manifest, hooks })
    const health = judgeLoad(ended.health, records, calibration)
    hooks.onStage?.('Computing metrics and writing the report')
    const exactTokenizer = isExactTokenizer(config.workload.tokenizer) ? tokenizer : null
    return await finishRun({
      manifest: { ...ended, health },
      records,
      paths,
      hasTable: false,
      exactTokenizer,
      config,
      objectives,
    })
  } finally {
    await target.close()
  }
}

/** Options of the embedded engine say nothing to a server. */
function tellIgnored({ config, options }: ResolvedConfig, { onNote }: BenchHooks): void {
  if (config.target.url === null) return
  const ignored = options
    .filter(
      ({ option, origin }) =>
        ['engine', 'simulator'].includes(option.path[0]!) && !origin.startsWith('default'),
    )
    .map(({ option }) => option.path.join('.'))
  if (ignored.length > 0)
    onNote?.(`Without effect, since there is a URL and no embedded engine: ${ignored.join(', ')}.`)
}
