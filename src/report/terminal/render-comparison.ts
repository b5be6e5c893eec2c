import type { Comparison, ComparisonRow } from '../../compare/comparison.ts'
import {
  describeChange,
  describeChangeInterval,
  describeComparison,
  describeStatistic,
} from '../format/describe-comparison.ts'
import { formatMetric } from '../format/format-metric.ts'
import type { Tone } from '../view/tone.ts'
import { alignTable } from './align-table.ts'
import { createPalette } from './palette.ts'
import { printable } from './printable.ts'
import { wrapText } from './wrap-text.ts'

const TONES: Readonly<Record<ComparisonRow['verdict'], Tone>> = {
  better: 'good',
  same: 'none',
  unclear: 'none',
  worse: 'warn',
  regression: 'bad',
  'no-data': 'warn',
}

/** A comparison for a terminal: the verdict, what makes it doubtful, and a row for each number. */
export function renderComparison(
  comparison: Comparison,
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const palette = createPalette(color)
  const rows = comparison.rows
  const table = alignTable([
    ['', 'A', 'B', 'change', 'interval', 'verdict'],
    ...rows.map((row) => [
      describeStatistic(row),
      formatMetric(row.a, { id: row.metric, unit: row.unit }),
      formatMetric(row.b, { id: row.metric, unit: row.unit }),
      describeChange(row.change, row.changeKind),
      describeChangeInterval(row),
      row.verdict,
    ]),
  ])
  const [header, ...lines] = table
  return [
    palette.tone(
      comparison.isRegression ? 'bad' : 'good',
      comparison.isRegression ? 'Regression' : 'No regression',
    ),
    `A  ${printable(comparison.a.join(', '))}`,
    `B  ${printable(comparison.b.join(', '))}`,
    ...(comparison.warnings.length === 0 ? [] : ['', palette.tone('warn', 'Beware')]),
    ...comparison.warnings.flatMap((warning) => wrapText(printable(warning), width)),
    '',
    palette.dim(header!),
    ...lines.map((line, index) => palette.tone(TONES[rows[index]!.verdict], line)),
    '',
    ...wrapText(describeComparison(comparison), width).map(palette.dim),
  ].join('\n')
}
