import type { Comparison } from '../../compare/comparison.ts'
import {
  describeChange,
  describeChangeInterval,
  describeComparison,
  describeStatistic,
} from '../format/describe-comparison.ts'
import { formatMetric } from '../format/format-metric.ts'
import { markdownText } from './markdown-text.ts'

/** A comparison as GitHub-flavoured Markdown, for a job summary or a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { rows, warnings, a, b, isRegression } = comparison
  return [
    `## ${isRegression ? 'Regression' : 'No regression'}`,
    '',
    `A: ${a.map(markdownText).join(', ')}  `,
    `B: ${b.map(markdownText).join(', ')}`,
    '',
    ...warnings.map((warning) => `> ${markdownText(warning)}`),
    ...(warnings.length > 0 ? [''] : []),
    '| | A | B | change | interval | verdict |',
    '|---|--:|--:|--:|--:|---|',
    ...rows.map((row) => {
      const metric = { id: row.metric, unit: row.unit }
      const cells = [
        describeStatistic(row),
        formatMetric(row.a, metric),
        formatMetric(row.b, metric),
        describeChange(row.change, row.changeKind),
        describeChangeInterval(row),
        row.verdict === 'regression' ? '**regression**' : row.verdict,
      ]
      return `| ${cells.join(' | ')} |`
    }),
    '',
    describeComparison(comparison),
    '',
  ].join('\n')
}
