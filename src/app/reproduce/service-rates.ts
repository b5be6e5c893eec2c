import type { Agreement, Experiment } from '../../report/view/reproduction-view.ts'
import type { EngineInput } from '../../simulator/engine-options.ts'
import { type ExperimentContext, scaled } from './experiment-context.ts'
import { RECORDED_LENGTHS } from './recorded-lengths.ts'
import { runVirtual, tokenRates } from './run-virtual.ts'

interface Service {
  readonly name: string
  readonly like: string
  readonly tone: 'c1' | 'c2' | 'c3'
  readonly engine: EngineInput
  readonly ratePerSec: number
  /** Llama3-70B, read off a figure of the paper, tokens/s. */
  readonly paper: { readonly tpot: number; readonly tbt: number; readonly fluid: number }
  /** Smallest deadline, ms, at which the p99 request reaches 0.9, read off its curves; the range of its models. */
  readonly paperDeadlineMs: readonly [number, number]
}

const memory = { kind: 'preempt' } as const

/** Engines and loads were chosen with the rates of the paper's services in view. */
const SERVICES: readonly Service[] = [
  {
    name: 'stalling',
    like: 'Anyscale',
    tone: 'c3',
    engine: { model: 'sim:llama3-70b@h100x4', policy: { kind: 'prefill-first' }, memory },
    ratePerSec: 3,
    paper: { tpot: 31, tbt: 4, fluid: 20 },
    paperDeadlineMs: [47, 51],
  },
  {
    name: 'middling',
    like: 'Fireworks',
    tone: 'c2',
    engine: {
      model: 'sim:llama3-70b@h200x8',
      policy: { kind: 'chunked-prefill', budgetTokens: 1024 },
      memory,
      speculation: {},
    },
    ratePerSec: 8,
    paper: { tpot: 119, tbt: 15, fluid: 46 },
    paperDeadlineMs: [6, 22],
  },
  {
    name: 'steady',
    like: 'Groq',
    tone: 'c1',
    engine: { model: 'sim:fast', policy: { kind: 'chunked-prefill', budgetTokens: 256 } },
    ratePerSec: 4,
    paper: { tpot: 336, tbt: 112, fluid: 236 },
    paperDeadlineMs: [3, 5],
  },
]

/** (c) The rate of a service by its mean, by its tail and by fluidity. */
export function serviceRates(context: ExperimentContext): Experiment {
  const found = SERVICES.map((service) => {
    const { summary } = runVirtual({
      seed: context.seed,
      engine: service.engine,
      lengths: RECORDED_LENGTHS.services,
      ratePerSec: service.ratePerSec,
      requests: scaled(2000, context),
      tbtDeadlineNs: 25e6,
      ttftDeadlineNs: null,
    })
    return { service, rates: tokenRates(summary), curve: summary.deadlineCurve }
  })
  const ordered = found.filter(({ rates }) => rates.tpot > rates.fluid && rates.fluid > rates.tbt).length
  const isRanked = found.every(({ rates }, i) => i === 0 || rates.fluid > found[i - 1]!.rates.fluid)
  const agreement: Agreement =
    ordered === found.length && isRanked ? 'agree' : ordered > 0 ? 'partly' : 'disagree'
  const rows = found.flatMap(({ service, rates }) =>
    (['tpot', 'tbt', 'fluid'] as const).map((kind) => ({
      name: `${service.name}, ${HOW[kind]}`,
      unit: 'tok/s',
      here: rates[kind],
      paper: service.paper[kind],
    })),
  )
  return {
    id: 'c',
    claim:
      'By its mean TPOT a service looks several times faster than it can be read; by its tail TBT it looks slower than it feels; the fluid rate lies between.',
    setting: `Three simulated services; prompts of 256 to 8,192 tokens, answers of at most 256. ${SERVICES.map(({ name, like, engine, ratePerSec }) => `${name} (like the paper's ${like}): ${engine.model}, ${engine.policy!.kind}${engine.speculation ? ' with speculation' : ''}, ${ratePerSec} requests/s`).join('; ')}. Nobody outside knows how the public services work: engines and loads were chosen with the paper's rates in view. What is tried is the order of the three rates, not their size.`,
    comparisons: [
      ...rows,
      ...found.map(({ service, rates }) => ({
        name: `${service.name}, deadline at 0.9`,
        unit: 'ms',
        here: 1000 / rates.fluid,
        paper: 1000 / service.paper.fluid,
      })),
    ],
    rule: 'Agree: for each service the rate by the mean is above the fluid one and that above the one by the tail, and the services rank by fluidity as in the paper. Partly: for some of the services.',
    agreement,
    finding: `By the mean a service looks ${found.map(({ rates }) => (rates.tpot / rates.tbt).toFixed(1)).join(', ')} times as fast as by the tail (the paper: ${SERVICES.map(({ paper }) => (paper.tpot / paper.tbt).toFixed(1)).join(', ')}). The fluid rate is ${found.map(({ rates }) => `${((100 * rates.fluid) / rates.tpot).toFixed(0)} %`).join(', ')} of the mean's (the paper: ${SERVICES.map(({ paper }) => `${((100 * paper.fluid) / paper.tpot).toFixed(0)} %`).join(', ')}).`,
    pictures: [
      {
        kind: 'pairs',
        title: 'Token rate of three services',
        caption: "Each number beside the paper's, Llama3-70B.",
        axis: 'tokens/s',
        comparisons: rows,
      },
      {
        kind: 'curves',
        title: 'Fluidity against the target TBT',
        caption:
          "The fluidity that 99 % of requests reach at least. Dots: where the paper's curves reach 0.9, lowest and highest of its models.",
        x: { label: 'Target TBT (ms)', scale: 'log', from: 1, to: 100 },
        y: { label: 'Fluidity at p99', scale: 'linear', from: 0, to: 1 },
        series: [
          ...found.map(({ service, curve }) => ({
            name: service.name,
            tone: service.tone,
            mark: 'line' as const,
            points: curve.tbtDeadlineNs.map((ns, i) => [ns / 1e6, 1 - (curve.p99[i] ?? 1)] as const),
          })),
          ...SERVICES.map(({ like, tone, paperDeadlineMs }) => ({
            name: `${like}, paper`,
            tone,
            mark: 'dot' as const,
            points: paperDeadlineMs.map((ms) => [ms, 0.9] as const),
          })),
        ],
      },
    ],
  }
}

const HOW = { tpot: 'by mean TPOT', tbt: 'by P99 TBT', fluid: 'by fluidity' } as const
