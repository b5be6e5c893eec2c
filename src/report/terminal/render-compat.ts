import pc from 'picocolors'
import type { CompatRow, CompatView } from '../../metrics/compat/compat-view.ts'
import { MISSING } from '../format/missing.ts'
import { wrapText } from './wrap-text.ts'

/** A run by the definitions of another tool, for a terminal: each definition above its numbers. */
export function renderCompat(
  { tool, notes }: Pick<CompatView, 'tool' | 'notes'>,
  rows: readonly CompatRow[],
  options: { readonly color: boolean; readonly width: number },
): string {
  const colors = pc.createColors(options.color)
  const wrap = (text: string, indent: string) =>
    wrapText(text, options.width - indent.length).map((line) => `${indent}${line}`)
  const shown = rows.map(({ name, value, unit }) => ({
    name,
    value: value === null ? MISSING : `${Number(value.toPrecision(6))} ${unit}`,
  }))
  const nameWidth = Math.max(...shown.map(({ name }) => name.length))
  const valueWidth = Math.max(...shown.map(({ value }) => value.length))
  const lines = ['', ...wrap(`By the definitions of ${tool}`, '  ').map((line) => colors.bold(line))]
  rows.forEach(({ definition }, index) => {
    if (definition !== rows[index - 1]?.definition) lines.push('', ...wrap(definition, '  ').map(colors.dim))
    const { name, value } = shown[index]!
    lines.push(`    ${name.padEnd(nameWidth)}  ${value.padStart(valueWidth)}`)
  })
  return [...lines, '', ...notes.flatMap((note) => wrap(`! ${note}`, '  ')), ''].join('\n')
}
