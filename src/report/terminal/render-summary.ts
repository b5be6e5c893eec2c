import { formatCount } from '../format/format-count.ts'
import { formatMetric } from '../format/format-metric.ts'
import { CALIBRATED_LOAD } from '../view/calibration-facts.ts'
import { describeDeadlines } from '../view/describe-deadlines.ts'
import type { MetricRow, RunView } from '../view/run-view.ts'
import { shortLabel } from '../view/short-label.ts'
import { FELT_TONES, HEALTH_TONES, OBJECTIVE_STATUS, type Tone } from '../view/tone.ts'
import { alignTable } from './align-table.ts'
import { createPalette, type Palette } from './palette.ts'
import { printable } from './printable.ts'
import { sparkHistogram } from './spark-histogram.ts'
import { wrapText } from './wrap-text.ts'

export interface TerminalOptions {
  readonly color: boolean
  /** Columns of the terminal: text wraps and tables lose columns, down to 48. */
  readonly width: number
}

const SIGNS: Readonly<Record<Tone, string>> = { good: '✔', bad: '✘', warn: '!', none: '–' }
const INDENT = '  '

/** What fits a glance; the report has the rest. The miss rate stands for fluidity, whose bad tail is the low one. */
const SHOWN: ReadonlySet<string> = new Set([
  'deadline-miss-rate',
  'ttft',
  'tbt',
  'worst-gap',
  'tpot',
  'e2e',
  'interactivity',
])

/**
 * The result of a run for a terminal: verdict first, then metrics, the shape of TTFT and TBT, rates, objectives, failures and what
 * weakens the numbers. Ends with a line feed. Hostile text loses its control characters.
 */
export function renderSummary(view: RunView, options: TerminalOptions): string {
  const palette = createPalette(options.color)
  const width = options.width - 2 * INDENT.length
  const blocks = [
    verdictLines(view, palette, width),
    metricLines(view, palette, width),
    histogramLines(view, palette, width),
    scalarLines(view),
    objectiveLines(view, palette, width),
    failureLines(view, palette, width),
    warningLines(view, palette, width),
  ]
  const text = blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => (INDENT + line).trimEnd()).join('\n'))
    .join('\n\n')
  return `\n${text}\n`
}

function verdictLines({ felt, health, deadlines }: RunView, palette: Palette, width: number): string[] {
  const tone = FELT_TONES[felt.kind]
  const healthTone = HEALTH_TONES[health.verdict]
  return [
    palette.bold(palette.tone(tone, `${SIGNS[tone]} ${felt.headline}`)),
    ...wrapText(felt.explanation, width),
    ...wrapText(printable(describeDeadlines(deadlines)), width).map(palette.dim),
    '',
    `${palette.tone(healthTone, SIGNS[healthTone])} ${health.headline}`,
    ...health.reasons.flatMap((reason) => hang('', printable(reason), width)),
    ...health.facts
      .filter(({ label }) => label === CALIBRATED_LOAD)
      .flatMap(({ label, value }) => wrapText(`${label}: ${value}`, width))
      .map(palette.dim),
  ]
}

/** The widest layout that fits; the narrowest when none does. */
function metricLines({ metrics }: RunView, palette: Palette, width: number): string[] {
  const shown = metrics.filter(({ id }) => SHOWN.has(id))
  const layouts = [
    ['p50', 'p90', 'p99', 'worst', 'samples'],
    ['p50', 'p90', 'p99', 'samples'],
    ['p50', 'p99'],
  ] as const
  for (const columns of layouts) {
    const labels = shown.map(({ id, label }) => (columns.length === 5 ? label : shortLabel(id, label)))
    const rows = shown.map((row, i) => [labels[i]!, ...columns.map((column) => cell(row, column))])
    const [head, ...body] = alignTable([['', ...columns], ...rows])
    if (head!.length <= width || columns.length === 2) return [palette.dim(head!), ...body]
  }
  return []
}

function cell(row: MetricRow, column: 'p50' | 'p90' | 'p99' | 'worst' | 'samples'): string {
  if (column === 'samples') return formatCount(row.count)
  if (column === 'worst') return formatMetric(row.better === 'higher' ? row.min : row.max, row)
  return formatMetric(row[column], row)
}

function histogramLines({ cdfs }: RunView, palette: Palette, width: number): string[] {
  return cdfs
    .filter((cdf) => (cdf.id === 'ttft' || cdf.id === 'tbt') && cdf.count > 0)
    .map((cdf) => {
      const least = cdf.values.find((value) => value > 0) ?? cdf.values[0]!
      const ends = `${formatMetric(least, cdf)} – ${formatMetric(cdf.values.at(-1)!, cdf)}, log axis`
      const columns = Math.max(8, Math.min(40, width - ends.length - 9))
      return `${cdf.label.slice(0, 5).padEnd(5)} ${palette.accent(sparkHistogram(cdf, columns))}  ${palette.dim(ends)}`
    })
}

function scalarLines({ scalars }: RunView): string[] {
  return [...alignTable(scalars.map((row) => [row.label, formatMetric(row.value, row)]))]
}

function objectiveLines({ objectives }: RunView, palette: Palette, width: number): string[] {
  if (objectives.length === 0) return []
  const lines = objectives.flatMap((verdict) => {
    const { tone, text } = OBJECTIVE_STATUS[verdict.status]
    return [
      `${palette.tone(tone, SIGNS[tone])} ${printable(verdict.objective.text)}: ${palette.tone(tone, text)}`,
      ...hang('', printable(verdict.explanation), width).map(palette.dim),
    ]
  })
  return [palette.bold('Objectives'), ...lines]
}

function failureLines({ failures }: RunView, palette: Palette, width: number): string[] {
  if (failures.length === 0) return []
  const lines = failures.flatMap((row) => {
    const detail = row.example === '' ? '' : ` (${printable(row.example)})`
    return hang('', `${formatCount(row.count)} × ${row.reason}: ${row.meaning}${detail}`, width)
  })
  return [palette.bold('Failures'), ...lines]
}

function warningLines({ warnings }: RunView, palette: Palette, width: number): string[] {
  // Failures have a block of their own.
  const others = warnings.filter(({ id }) => id !== 'requests-failed')
  return others.flatMap((warning) => {
    const [first, ...rest] = hang('! ', printable(warning.text), width)
    return [palette.tone('warn', '!') + first!.slice(1), ...rest]
  })
}

/** Text behind a two-column sign, wrapped so that further lines stand under the first. */
function hang(sign: string, text: string, width: number): string[] {
  return wrapText(text, width - 2).map((line, i) => (i === 0 ? sign.padEnd(2) : '  ') + line)
}
