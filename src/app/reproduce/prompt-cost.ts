import type { Agreement, Experiment } from '../../report/view/reproduction-view.ts'
import { createEngineParts, engineOptions } from '../../simulator/engine-options.ts'
import { simulate } from '../../simulator/simulate-run.ts'

/** Figure of arXiv 2407.07000, read off to about 3 %: prompt tokens, seconds. */
const PAPER: readonly (readonly [number, number])[] = [
  [8192, 0.57],
  [16_384, 1.3],
  [32_768, 4.0],
  [65_536, 10.3],
]
const PROMPTS = [256, 512, 1024, 2048, 4096, 8192, 12_288, 16_384, 24_576, 32_768, 49_152, 65_536]
/** A median and a 90th percentile of prompts that the paper quotes, of LMSys-Chat-1M. */
const CHAT_PROMPT = 417

/** Seconds to the first token of one prompt on an otherwise idle Yi-34B on two H100. */
export function idleTtftSec(promptTokens: number): number {
  const engine = createEngineParts(engineOptions.parse({ model: 'sim:yi-34b@h100x2' }))
  const [times] = simulate([{ id: 0, dueNs: 0, promptTokens, outputTokens: 1 }], engine)
  return times!.tokenNs[0]! / 1e9
}

/** (a) One bound on the time to the first token cannot serve prompts of all lengths. */
export function promptCost(): Experiment {
  const curve = PROMPTS.map((tokens) => [tokens, idleTtftSec(tokens)] as const)
  const comparisons = PAPER.map(([tokens, paper]) => ({
    name: `TTFT, ${tokens / 1024}K prompt`,
    unit: 's',
    here: idleTtftSec(tokens),
    paper,
  }))
  const growth = comparisons.at(-1)!.here / comparisons[0]!.here
  const near = comparisons.filter(({ here, paper }) => Math.abs(here / paper - 1) <= 0.25).length
  const agreement: Agreement =
    growth <= 8 ? 'disagree' : near === comparisons.length ? 'agree' : near > 0 ? 'partly' : 'disagree'
  const waits = comparisons.at(-1)!.here / idleTtftSec(CHAT_PROMPT)
  return {
    id: 'a',
    claim:
      'TTFT grows faster than linearly with the prompt, so that one bound on it cannot serve prompts of all lengths.',
    setting: 'Yi-34B on two H100, one prompt at a time on an idle engine, no queue.',
    comparisons: [
      ...comparisons,
      { name: 'TTFT, 64K over 8K', unit: 'times', here: growth, paper: 10.3 / 0.57 },
    ],
    rule: 'Agree: 8 times the prompt takes more than 8 times as long, and all four times are within 25 %. Partly: the first, and some of the four.',
    agreement,
    finding: `8 times the prompt takes ${growth.toFixed(1)} times as long. A bound that lets a 64K prompt pass allows one of ${CHAT_PROMPT} tokens, a median chat, ${waits.toFixed(0)} times as long as it needs. The step model had its efficiencies chosen with these four times in view: the shape is a result, the size is a fit.`,
    pictures: [
      {
        kind: 'curves',
        title: 'TTFT against prompt length',
        caption:
          'The dashed line would be proportional to the prompt. The further above it, the less one bound fits all.',
        x: { label: 'Prompt (tokens)', scale: 'log', from: 256, to: 65_536 },
        y: { label: 'TTFT (s)', scale: 'log', from: 0.02, to: 20 },
        series: [
          { name: 'here', tone: 'c1', mark: 'line', points: curve },
          { name: 'paper, read off its figure', tone: 'c2', mark: 'dot', points: PAPER },
          {
            name: 'proportional to 1K',
            tone: 'muted',
            mark: 'dashed',
            points: [1024, 65_536].map((tokens) => [tokens, (curve[2]![1] * tokens) / 1024] as const),
          },
        ],
      },
    ],
  }
}
