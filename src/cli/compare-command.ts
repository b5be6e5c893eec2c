import { Command } from 'commander'
import { appendText } from '../app/append-text.ts'
import { compareRunFolders } from '../app/compare-run-folders.ts'
import { MetronError } from '../errors/metron-error.ts'
import { comparisonMarkdown } from '../report/export/comparison-markdown.ts'
import { renderComparison } from '../report/terminal/render-comparison.ts'
import type { CommandRunner } from './command-runner.ts'
import { EXIT } from './exit-codes.ts'
import { colorOf, widthOf } from './terminal.ts'

interface Flags {
  readonly a: readonly string[]
  readonly b: readonly string[]
  readonly margin: readonly string[]
  readonly seed: string
  readonly json?: boolean
  readonly markdown?: string
}

const EXAMPLES = `
Examples:
  metron compare runs/before runs/after
  metron compare runs/before runs/after --margin 10% --margin ttft.p99=25%
  metron compare --a runs/a1 --a runs/a2 --a runs/a3 --b runs/b1 --b runs/b2 --b runs/b3

Exit codes: 0 no regression, 1 a regression beyond its margin, 2 usage, 3 a run could not be read.`

const append = (text: string, earlier: readonly string[]): readonly string[] => [...earlier, text]

/** `metron compare`: what became better or worse from one run to another. */
export const compareCommand: CommandRunner = (terminal, exit) =>
  new Command('compare')
    .summary('tell what became better or worse between runs')
    .description(
      'Compares two runs, or two sides of several runs each: every number, its change, and where the true change lies. Fails on a regression beyond the margin.',
    )
    .argument('[a]', 'run folder to compare with')
    .argument('[b]', 'run folder that is compared')
    .option('--a <run>', 'another run of side A, may be repeated', append, [])
    .option('--b <run>', 'another run of side B, may be repeated', append, [])
    .option(
      '--margin <margin>',
      'how much worse B may be: 5% for all, or ttft.p90=10% for one number; of shares and indices in absolute terms (default: 5%)',
      append,
      [],
    )
    .option('--seed <number>', 'seed of the intervals', '1')
    .option('--json', 'print the comparison as JSON on standard output')
    .option('--markdown <file>', 'also write it as Markdown, such as to $GITHUB_STEP_SUMMARY')
    .addHelpText('after', EXAMPLES)
    .action(async (a: string | undefined, b: string | undefined, flags: Flags) => {
      const comparison = await compareRunFolders(
        [...(a === undefined ? [] : [a]), ...flags.a],
        [...(b === undefined ? [] : [b]), ...flags.b],
        { ...readMargins(flags.margin), seed: readSeed(flags.seed) },
      )
      if (flags.markdown !== undefined) appendText(flags.markdown, comparisonMarkdown(comparison))
      const { stdout } = terminal
      stdout.write(
        flags.json === true
          ? `${JSON.stringify(comparison, null, 2)}\n`
          : `${renderComparison(comparison, { color: colorOf(terminal, 'stdout'), width: widthOf(stdout) })}\n`,
      )
      exit(comparison.isRegression ? EXIT.objectiveFailed : EXIT.ok)
    })

function readMargins(texts: readonly string[]): { margin?: number; margins: Record<string, number> } {
  const margins: Record<string, number> = {}
  let margin: number | undefined
  for (const text of texts) {
    const parts = /^(?:(?<id>[\w.-]+)=)?(?<value>\d+(?:\.\d+)?)(?<percent>%?)$/.exec(
      text.replaceAll(' ', ''),
    )?.groups
    if (parts === undefined)
      throw new MetronError(
        'bad-config',
        `--margin: expected 5% or ttft.p90=10%, not ${JSON.stringify(text)}`,
      )
    const value = Number(parts.value) / (parts.percent === '%' ? 100 : 1)
    if (parts.id === undefined) margin = value
    else margins[parts.id] = value
  }
  return { margins, ...(margin === undefined ? {} : { margin }) }
}

function readSeed(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new MetronError('bad-config', `--seed: expected a whole number, not ${JSON.stringify(text)}`)
}
