import type { Agreement, Experiment } from '../../report/view/reproduction-view.ts'
import { SCHEDULERS } from './engines.ts'
import { type ExperimentContext, scaled } from './experiment-context.ts'
import { RECORDED_LENGTHS } from './recorded-lengths.ts'
import { runVirtual, tokenRates } from './run-virtual.ts'

const MODEL = 'sim:yi-34b@h100x2'
const RATES = [0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.1]
/** The load of the comparison: the means of the two differ as much as the paper's do. */
const CHOSEN = 0.9
/** Read off a figure of the paper, tokens/s. */
const PAPER = { vllm: { tpot: 17, tbt: 1.4, fluid: 3.3 }, sarathi: { tpot: 20, tbt: 5.5, fluid: 7.1 } }

/** (b) Means of two schedulers are close while their tails differ several times. */
export function schedulerTails(context: ExperimentContext): Experiment {
  const sweep = (['vllm', 'sarathi'] as const).map((name) =>
    RATES.map((ratePerSec) => ({ ratePerSec, ...ratesOf(name, ratePerSec, context) })),
  )
  const [vllm, sarathi] = sweep.map((points) => points.find(({ ratePerSec }) => ratePerSec === CHOSEN)!)
  const ratio = (kind: 'tpot' | 'tbt' | 'fluid') => sarathi![kind] / vllm![kind]
  const paperRatio = (kind: 'tpot' | 'tbt' | 'fluid') => PAPER.sarathi[kind] / PAPER.vllm[kind]
  const isPar = ratio('tpot') < 1.25 && ratio('tpot') > 0.8
  const isApart = ratio('tbt') >= 3
  const isBetween = ratio('fluid') > ratio('tpot') && ratio('fluid') < ratio('tbt')
  const agreement: Agreement =
    isPar && isApart && isBetween ? 'agree' : isApart && (isPar || isBetween) ? 'partly' : 'disagree'
  const names = [
    ['tpot', 'by mean TPOT'],
    ['tbt', 'by P99 TBT'],
    ['fluid', 'by fluidity'],
  ] as const
  const tones = ['c3', 'c1'] as const
  const ratesBeside = (name: string, here: typeof PAPER.vllm, paper: typeof PAPER.vllm) =>
    names.map(([kind, how]) => ({
      name: `${name}, ${how}`,
      unit: 'tok/s',
      here: here[kind],
      paper: paper[kind],
    }))
  const rates = [
    ...ratesBeside('vLLM-like', vllm!, PAPER.vllm),
    ...ratesBeside('Sarathi-like', sarathi!, PAPER.sarathi),
  ]
  return {
    id: 'b',
    claim:
      'Two schedulers are at par by TPOT while their tails of TBT differ several times; fluidity says how much of that is felt.',
    setting: `Yi-34B on two H100, lengths like arXiv summarization, ${CHOSEN} requests/s. vLLM-like: prefills first and alone. Sarathi-like: prompts in pieces, 2,048 tokens a step. Load and budget were chosen with the paper's numbers in view: at this load the means differ about as much as there. The second picture shows the other loads.`,
    comparisons: [
      ...rates,
      ...names.map(([kind, how]) => ({
        name: `Sarathi-like over vLLM-like, ${how}`,
        unit: 'times',
        here: ratio(kind),
        paper: paperRatio(kind),
      })),
    ],
    rule: "Agree: the mean TPOTs are within 25 % (the paper's own differ by 18 %), the tails differ 3 times or more, and the fluid rates differ by more than the means and less than the tails. Partly: the tails and one of the other two.",
    agreement,
    finding: `The means are ${((ratio('tpot') - 1) * 100).toFixed(0)} % apart, the tails of TBT ${ratio('tbt').toFixed(1)} times, the fluid rates ${ratio('fluid').toFixed(1)} times. The par holds at this load, not at every one: from ${RATES[0]} to ${RATES.at(-1)} requests/s the ratio of the means goes from ${ratioAt(sweep, 0).toFixed(2)} to ${ratioAt(sweep, RATES.length - 1).toFixed(2)}. ${betterTails(sweep)}`,
    pictures: [
      {
        kind: 'pairs',
        title: 'Token rate by three measures',
        caption: "Each number beside the paper's.",
        axis: 'tokens/s',
        comparisons: rates,
      },
      {
        kind: 'curves',
        title: 'The same over other loads',
        caption: 'Solid: by fluidity. Dashed: by mean TPOT. Dots: by P99 TBT.',
        x: { label: 'Offered load (requests/s)', scale: 'linear', from: 0.2, to: 1.2 },
        y: { label: 'Token rate (tokens/s)', scale: 'log', from: 0.5, to: 60 },
        series: sweep.flatMap((points, i) =>
          names.map(([kind, how]) => ({
            name: `${i === 0 ? 'vLLM-like' : 'Sarathi-like'}, ${how}`,
            tone: tones[i]!,
            mark:
              kind === 'fluid' ? ('line' as const) : kind === 'tpot' ? ('dashed' as const) : ('dot' as const),
            points: points.map((point) => [point.ratePerSec, point[kind]] as const),
          })),
        ),
      },
    ],
  }
}

type Sweep = readonly (readonly {
  readonly ratePerSec: number
  readonly tpot: number
  readonly tbt: number
}[])[]

/** At which loads the schedule that stalls has the better P99 all the same: when its stalls are fewer than 1 in 100 gaps. */
function betterTails([vllm, sarathi]: Sweep): string {
  const loads = vllm!.filter(({ tbt }, i) => tbt > sarathi![i]!.tbt).map(({ ratePerSec }) => ratePerSec)
  return loads.length === 0
    ? 'The vLLM-like tail is the worse one at all of them.'
    : `At ${loads.join(' and ')} requests/s the vLLM-like tail is the better one: its stalls are fewer than 1 in 100 gaps there, and a P99 does not see them.`
}

function ratioAt([vllm, sarathi]: Sweep, at: number): number {
  return sarathi![at]!.tpot / vllm![at]!.tpot
}

function ratesOf(name: 'vllm' | 'sarathi', ratePerSec: number, context: ExperimentContext) {
  const { summary } = runVirtual({
    seed: context.seed,
    engine: { model: MODEL, ...SCHEDULERS[name] },
    lengths: RECORDED_LENGTHS.arxiv,
    ratePerSec,
    requests: scaled(3000, context),
    tbtDeadlineNs: 50e6,
    ttftDeadlineNs: null,
  })
  return tokenRates(summary)
}
