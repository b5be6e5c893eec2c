import type { Agreement, Comparison, Experiment } from '../../report/view/reproduction-view.ts'
import { createEngineParts, engineOptions } from '../../simulator/engine-options.ts'
import { simulate } from '../../simulator/simulate-run.ts'
import { evaluateObjective } from '../../slo/evaluate-objective.ts'
import { parseObjective } from '../../slo/parse-objective.ts'
import { SCHEDULERS } from './engines.ts'
import { type ExperimentContext, scaled } from './experiment-context.ts'
import { RECORDED_LENGTHS } from './recorded-lengths.ts'
import { runVirtual, type VirtualResult } from './run-virtual.ts'
import { searchRate } from './search-rate.ts'

const MODEL = 'sim:llama3-8b@h100'
const KINDS = {
  fluidity: ['fluidity>=0.9@99%'],
  TBT: ['tbt<=25ms@p99', 'ttft<=2s@p99'],
  TPOT: ['tpot<=25ms@p99', 'ttft<=2s@p99'],
}
type Kind = keyof typeof KINDS
const SLACK_NS = 1e9
const SCHEDULER_NAMES = {
  vllm: 'vLLM-like',
  sarathi: 'Sarathi-like',
  sarathi512: 'Sarathi-like, 512',
} as const

/** Requests/s, read off a figure of the paper. */
const PAPER = {
  sharegpt: {
    vllm: { fluidity: 4.0, TBT: 1.1, TPOT: 3.0 },
    sarathi: { fluidity: 2.84, TBT: 1.08, TPOT: 2.84 },
  },
  arxiv: {
    vllm: { fluidity: 0.6, TBT: 0.65, TPOT: 0.66 },
    sarathi: { fluidity: 0.62, TBT: 0.34, TPOT: 1.16 },
  },
} as const
type Lengths = keyof typeof PAPER
const LENGTH_NAMES = { sharegpt: 'ShareGPT', arxiv: 'arXiv' } as const

interface Bar extends Comparison {
  readonly lengths: Lengths
  readonly scheduler: keyof typeof SCHEDULERS
  readonly kind: Kind
}

/** (d) How much load a server can take depends on the kind of objective. */
export function capacityByObjective(context: ExperimentContext): Experiment {
  const bars = (['sharegpt', 'arxiv'] as const).flatMap((lengths) =>
    (['vllm', 'sarathi', 'sarathi512'] as const).flatMap((scheduler) =>
      capacities(lengths, scheduler, context),
    ),
  )
  const text = (rate: number | null) => (rate === null ? 'none' : `${rate.toPrecision(3)}/s`)
  const judged = orders(bars)
  const same = judged.filter(({ isSame }) => isSame).length
  const differing = judged
    .filter(({ isSame }) => !isSame)
    .map(
      ({ a, b }) =>
        ` Not the paper's order: ${a.name} (${a.paper} there, ${text(a.here)} here) against ${b.name.replace(/^[^:]*: /, '')} (${b.paper}, ${text(b.here)}).`,
    )
    .join('')
  const agreement: Agreement =
    same === judged.length ? 'agree' : same >= judged.length / 2 ? 'partly' : 'disagree'
  const at = (lengths: Lengths, scheduler: Bar['scheduler'], kind: Kind) =>
    bars.find((bar) => bar.lengths === lengths && bar.scheduler === scheduler && bar.kind === kind)!.here
  return {
    id: 'd',
    claim:
      'The capacity of a server depends on the kind of objective: by the tail of TBT it can be several times lower than by fluidity or by TPOT.',
    setting: `Llama3-8B on one H100, lengths like ShareGPT and like arXiv summarization. Fluidity: 99 % of requests miss at most 10 % of deadlines, 25 ms between tokens, ${SLACK_NS / 1e9} s more for the first token than its prompt takes on an idle engine. TBT: P99 of 25 ms and P99 TTFT of 2 s. TPOT: the same with P99 TPOT of 25 ms. The paper's slack and TTFT bounds are not known to us. Sarathi-like: 2,048 tokens a step; 512 beside it, which the paper does not show.`,
    comparisons: bars.map(({ name, unit, here, paper }) => ({ name, unit, here, paper })),
    rule: `Agree: of two bars of the paper's figure that differ by more than 20 % (same lengths, and same scheduler or same objective), the same one is higher here, for all ${judged.length} such pairs. Partly: for at least half of them. The sizes are shown but do not decide.`,
    agreement,
    finding: `${same} of ${judged.length} orders are the paper's. With ShareGPT lengths the vLLM-like schedule takes ${text(at('sharegpt', 'vllm', 'TBT'))} by the tail of TBT, ${text(at('sharegpt', 'vllm', 'TPOT'))} by TPOT and ${text(at('sharegpt', 'vllm', 'fluidity'))} by fluidity (the paper: 1.1, 3.0, 4.0). With 512 tokens a step the Sarathi-like one takes ${text(at('sharegpt', 'sarathi512', 'TBT'))} by the tail.${differing}`,
    pictures: (['sharegpt', 'arxiv'] as const).map((lengths) => ({
      kind: 'pairs' as const,
      title: `Capacity, lengths like ${LENGTH_NAMES[lengths]}`,
      caption: "The highest rate that keeps the objective, beside the paper's.",
      axis: 'requests/s',
      comparisons: bars
        .filter((bar) => bar.lengths === lengths)
        .map(({ name, unit, here, paper }) => ({ name: name.replace(/^[^:]*: /, ''), unit, here, paper })),
    })),
  }
}

/** The capacity of one server by each kind of objective; a rate is simulated once and judged by all. */
function capacities(lengths: Lengths, scheduler: Bar['scheduler'], context: ExperimentContext): Bar[] {
  const known = new Map<number, VirtualResult>()
  const probe = (ratePerSec: number): VirtualResult => {
    const result =
      known.get(ratePerSec) ??
      runVirtual({
        seed: context.seed,
        engine: { model: MODEL, ...SCHEDULERS[scheduler] },
        lengths: RECORDED_LENGTHS[lengths],
        ratePerSec,
        requests: scaled(1000, context),
        tbtDeadlineNs: 25e6,
        ttftDeadlineNs: (promptTokens) => idlePrefillNs(promptTokens) + SLACK_NS,
      })
    known.set(ratePerSec, result)
    return result
  }
  return (Object.keys(KINDS) as Kind[]).map((kind) => {
    const objectives = KINDS[kind].map(parseObjective)
    const passes = (ratePerSec: number): boolean => {
      const { measured, options } = probe(ratePerSec)
      return objectives.every(
        (objective) => evaluateObjective(objective, measured, options).status !== 'fail',
      )
    }
    const paper = scheduler === 'sarathi512' ? null : PAPER[lengths][scheduler][kind]
    const name = `${LENGTH_NAMES[lengths]}: ${SCHEDULER_NAMES[scheduler]}, by ${kind}`
    return { lengths, scheduler, kind, name, unit: 'req/s', here: searchRate(passes, 2, 0.03), paper }
  })
}

/** For each pair of the paper's bars that clearly differ: whether the same one is higher here. */
function orders(bars: readonly Bar[]): { a: Bar; b: Bar; isSame: boolean }[] {
  const compared = bars.filter(({ paper }) => paper !== null)
  return compared.flatMap((a, i) =>
    compared
      .slice(i + 1)
      .filter((b) => a.lengths === b.lengths && (a.scheduler === b.scheduler || a.kind === b.kind))
      .filter((b) => Math.max(a.paper!, b.paper!) / Math.min(a.paper!, b.paper!) > 1.2)
      .map((b) => ({
        a,
        b,
        isSame: Math.sign((a.here ?? 0) - (b.here ?? 0)) === Math.sign(a.paper! - b.paper!),
      })),
  )
}

const prefillNs = new Map<number, number>()

/** A pure function of the prompt, kept because it is asked for thousands of times. */
function idlePrefillNs(promptTokens: number): number {
  let ns = prefillNs.get(promptTokens)
  if (ns === undefined) {
    const engine = createEngineParts(engineOptions.parse({ model: MODEL }))
    ns = simulate([{ id: 0, dueNs: 0, promptTokens, outputTokens: 1 }], engine)[0]!.tokenNs[0]!
    prefillNs.set(promptTokens, ns)
  }
  return ns
}
