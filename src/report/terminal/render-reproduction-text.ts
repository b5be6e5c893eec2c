import { formatSignificant } from '../format/format-significant.ts'
import { MISSING } from '../format/missing.ts'
import type { Agreement, Comparison, Experiment, Reproduction } from '../view/reproduction-view.ts'
import type { Tone } from '../view/tone.ts'
import { alignTable } from './align-table.ts'
import { createPalette, type Palette } from './palette.ts'
import { wrapText } from './wrap-text.ts'

const WORDS: Readonly<Record<Agreement, string>> = {
  agree: '✔ agrees',
  partly: '! agrees in part',
  disagree: '✘ disagrees',
}
const TONES: Readonly<Record<Agreement, Tone>> = { agree: 'good', partly: 'warn', disagree: 'bad' }

/** Claims, numbers beside the paper's, and verdicts as plain text; ends without a line break. */
export function renderReproductionText(
  { experiments, left }: Reproduction,
  style: { readonly color: boolean; readonly width: number },
): string {
  const palette = createPalette(style.color)
  const blocks = experiments.map((experiment) => renderExperiment(experiment, palette, style.width))
  if (left.length > 0) blocks.push([`Stopped before claims ${left.join(', ')}.`])
  return blocks.map((lines) => lines.join('\n')).join('\n\n')
}

function renderExperiment(experiment: Experiment, palette: Palette, width: number): string[] {
  const { id, claim, agreement, finding, comparisons } = experiment
  const indented = (text: string) => wrapText(text, width - 4).map((line) => `    ${line}`)
  const [head = '', ...rows] = alignTable([['', 'here', 'paper', ''], ...comparisons.map(cellsOf)])
  return [
    ...wrapText(claim, width - 4).map((line, i) => palette.bold(`${i === 0 ? `(${id})` : '   '} ${line}`)),
    '',
    `    ${palette.tone(TONES[agreement], WORDS[agreement])}`,
    ...indented(finding),
    '',
    ...[palette.dim(`    ${head}`.trimEnd()), ...rows.map((row) => `    ${row}`.trimEnd())],
  ]
}

function cellsOf({ name, unit, here, paper }: Comparison): string[] {
  return [name, formatSignificant(here), paper === null ? MISSING : formatSignificant(paper), unit]
}
