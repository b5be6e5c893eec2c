import type { Experiment, Reproduction } from '../../report/view/reproduction-view.ts'
import { capacityByObjective } from './capacity-by-objective.ts'
import type { ExperimentContext } from './experiment-context.ts'
import { promptCost } from './prompt-cost.ts'
import { schedulerTails } from './scheduler-tails.ts'
import { serviceRates } from './service-rates.ts'
import { stallPosition } from './stall-position.ts'

/** What can be tried, in the order of the page. */
export const EXPERIMENTS: Readonly<
  Record<string, { readonly title: string; readonly run: (context: ExperimentContext) => Experiment }>
> = {
  a: { title: 'TTFT against prompt length', run: promptCost },
  b: { title: 'two schedulers, mean and tail', run: schedulerTails },
  c: { title: 'three services by three rates', run: serviceRates },
  d: { title: 'capacity by three kinds of objective', run: capacityByObjective },
  e: { title: 'an early and a late stall', run: stallPosition },
}

export const PAPER = 'arXiv 2407.07000'

/** Runs experiments one after another, each in a turn of its own, so that `stop` is heard between them. */
export async function reproducePaper(
  ids: readonly string[],
  context: ExperimentContext,
  hooks: { readonly onBegin: (id: string, title: string) => void; readonly stop: AbortSignal },
): Promise<Reproduction> {
  const experiments: Experiment[] = []
  const left = [...ids]
  while (left.length > 0) {
    await new Promise((resolve) => setImmediate(resolve))
    if (hooks.stop.aborted) break
    const id = left.shift()!
    const { title, run } = EXPERIMENTS[id]!
    hooks.onBegin(id, title)
    experiments.push(run(context))
  }
  return { paper: PAPER, seed: context.seed, experiments, left }
}
