import { compatRun } from '../../src/metrics/compat/compat-run.ts'
import { COMPAT_VIEWS } from '../../src/metrics/compat/compat-views.ts'
import { markdownTable } from './markdown-table.ts'

const INTRO = `# Definitions of other tools

What \`metron score RUN --compat TOOL\` and \`metron report RUN --compat TOOL\` print, so that a number of Metron can be laid beside one of another
tool. The same name often means another thing: compare the formulas, not the names. This page is made from the code
(\`npm run reference\`).

All of these tools count from just before they call their HTTP client, which is Metron's *dispatched*: the time that a
request waits before that is in none of their numbers. All leave failed requests out, unless a row says otherwise. Percentiles are
linear as numpy's, except GuideLLM's, which are of nearest rank. Metron's own definitions are in [the reference](metrics.md).
`

/** `docs/reference/compat.md`, from the views themselves: their rows of a run without requests. */
export function compatPage(): string {
  const empty = compatRun([], { ttftDeadlineNs: () => 1e9, tbtDeadlineNs: 5e7, measureFromNs: 0 })
  const sections = COMPAT_VIEWS.map((view) => {
    const byDefinition = Map.groupBy(view.rows(empty), ({ definition }) => definition)
    const rows = [...byDefinition].map(([definition, each]) => [
      each.map(({ name }) => `\`${name}\``).join(', '),
      each[0]!.unit,
      definition,
    ])
    const notes = view.notes.map((note) => `- ${note}\n`).join('')
    return `## ${view.kind}\n\n${view.tool}.\n\n${markdownTable(['Name', 'Unit', 'Definition'], rows)}\n${notes}`
  })
  return [INTRO, ...sections].join('\n')
}
