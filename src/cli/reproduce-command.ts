import { Command } from 'commander'
import { EXPERIMENTS, reproducePaper } from '../app/reproduce/reproduce-paper.ts'
import { writeReproduction } from '../app/reproduce/write-reproduction.ts'
import { MetronError } from '../errors/metron-error.ts'
import { renderReproductionText } from '../report/terminal/render-reproduction-text.ts'
import type { CommandRunner } from './command-runner.ts'
import { EXIT } from './exit-codes.ts'
import { catchSignal } from './interrupts.ts'
import { colorOf, widthOf } from './terminal.ts'

interface ReproduceFlags {
  readonly out: string
  readonly only?: string[]
  readonly quick?: boolean
  readonly seed: number
  readonly json?: boolean
}

const IDS = Object.keys(EXPERIMENTS)

const EXAMPLES = `
Claims:
${IDS.map((id) => `  ${id}  ${EXPERIMENTS[id]!.title}`).join('\n')}

Examples:
  metron reproduce                 all claims, half a minute; numbers, verdicts and a page with pictures
  metron reproduce --only a,e      two of them
  metron reproduce --quick --json  a tenth of the requests, results as JSON

Exit codes: 0 ok, whatever the verdicts; 2 usage, 3 failed, 130 interrupted (what was done is written).`

/** `metron reproduce`: the paper's claims in virtual time. */
export const reproduceCommand: CommandRunner = (terminal, exit) =>
  new Command('reproduce')
    .summary("try the paper's claims on simulated engines")
    .description(
      'Tries five claims of the paper behind Metron (arXiv 2407.07000) on simulated engines in virtual time, and says of each whether it holds here. Needs no server and no accelerator. Ctrl-C stops after the claim under way and writes what is done.',
    )
    .option('--out <folder>', 'folder for report.html and results.json', 'runs/paper')
    .option('--only <claims>', 'claims to try, such as a,b', claims)
    .option('--quick', 'simulate a tenth of the requests: other numbers, a first look')
    .option('--seed <number>', 'seed of arrivals and lengths', seed, 1)
    .option('--json', 'print the results as JSON on standard output')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: ReproduceFlags) => {
      const reproduction = await reproducePaper(
        flags.only ?? IDS,
        { seed: flags.seed, scale: flags.quick === true ? 0.1 : 1 },
        {
          onBegin: (id, title) => terminal.stderr.write(`Claim ${id}: ${title} ...\n`),
          stop: catchSignal(),
        },
      )
      const report = writeReproduction(flags.out, reproduction)
      if (flags.json === true) terminal.stdout.write(`${JSON.stringify(reproduction, null, 2)}\n`)
      else {
        const style = { color: colorOf(terminal, 'stdout'), width: Math.min(100, widthOf(terminal.stdout)) }
        terminal.stdout.write(`${renderReproductionText(reproduction, style)}\n\nReport  ${report}\n`)
      }
      exit(reproduction.left.length > 0 ? EXIT.interrupted : EXIT.ok)
    })

function claims(text: string): string[] {
  const ids = [...new Set(text.split(',').map((id) => id.trim().toLowerCase()))]
  const unknown = ids.find((id) => !IDS.includes(id))
  if (unknown !== undefined)
    throw new MetronError('bad-config', `--only: there is no claim ${JSON.stringify(unknown)}`, {
      hint: `claims are ${IDS.join(', ')}`,
    })
  return IDS.filter((id) => ids.includes(id))
}

function seed(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value
  throw new MetronError(
    'bad-config',
    `--seed: expected a whole number of at least 0, not ${JSON.stringify(text)}`,
  )
}
