import { Command } from 'commander'
import { type PrefillProfile, runProfile, saveProfile } from '../app/profile/run-profile.ts'
import { parseDurationNs } from '../config/parse-duration.ts'
import { MetronError } from '../errors/metron-error.ts'
import { formatCount } from '../report/format/format-count.ts'
import { formatDuration } from '../report/format/format-duration.ts'
import { formatFraction } from '../report/format/format-fraction.ts'
import { alignTable } from '../report/terminal/align-table.ts'
import type { CommandRunner } from './command-runner.ts'
import { addConfigOptions, resolveCommand } from './config-options.ts'
import { EXIT } from './exit-codes.ts'
import { catchInterrupts } from './interrupts.ts'
import { createProgressDisplay } from './progress-display.ts'

interface Flags {
  readonly lengths: string
  readonly precision: string
  readonly budget: string
  readonly maxRepeats: string
  readonly answerTokens: string
  readonly out: string
}

/** `metron profile`: TTFT against prompt length, for deadlines that know the prompt. */
export const profileCommand: CommandRunner = (terminal, exit) =>
  addConfigOptions(new Command('profile'))
    .summary('measure how TTFT grows with the prompt on an idle server')
    .description(
      'Sends one request at a time with prompts of chosen lengths to an otherwise idle server, fits TTFT = a + b n + c n² to the medians, and writes the curve for --ttft-deadline profile.json+300ms.',
    )
    .option('--lengths <tokens,...>', 'prompt lengths', '128,256,512,1024,2048,4096,8192')
    .option('--precision <percent>', 'half of the 95 % interval of each median, at most', '3%')
    .option('--budget <duration>', 'send nothing more after so long', '5m')
    .option('--max-repeats <count>', 'most requests of one length', '30')
    .option('--answer-tokens <count>', 'answer length', '4')
    .option('--out <file>', 'where the profile is written', 'prefill-profile.json')
    .action(async (url: string | undefined, flags: Flags, command: Command) => {
      const resolved = await resolveCommand(command, url, terminal)
      const options = {
        lengths: flags.lengths.split(',').map((text) => count('--lengths', text)),
        outputTokens: count('--answer-tokens', flags.answerTokens),
        precisionFraction: percent(flags.precision),
        budgetNs: duration(flags.budget),
        maxRepeats: count('--max-repeats', flags.maxRepeats),
      }
      const display = createProgressDisplay(terminal)
      const interrupts = catchInterrupts(terminal)
      try {
        const { profile, problem, reasons } = await runProfile(resolved, options, {
          onStage: display.stage,
          onNote: display.note,
          onProgress: display.progress,
          stop: interrupts.stop,
          abort: interrupts.abort,
          env: terminal.env,
        })
        display.finish()
        if (profile === null) {
          const text = reasons.map((reason) => `${reason}\n`).join('')
          terminal.stderr.write(`No profile: ${problem}.\n${text}`)
          exit(problem === 'interrupted' ? EXIT.interrupted : EXIT.clientLimited)
          return
        }
        saveProfile(flags.out, profile)
        terminal.stdout.write(`${describe(profile)}\nProfile  ${flags.out}\n`)
        exit(EXIT.ok)
      } finally {
        interrupts.release()
      }
    })

function describe({ points, fit, excluded, cacheToldRequests }: PrefillProfile): string {
  const rows = points.map(({ promptTokens, count, ttftNs, fittedNs, residualFraction, reachedPrecision }) => [
    formatCount(promptTokens),
    formatDuration(ttftNs.value),
    `${formatDuration(ttftNs.low)} to ${formatDuration(ttftNs.high)}`,
    formatDuration(fittedNs.value),
    `${(residualFraction * 100).toFixed(1)} %`,
    formatCount(count),
    reachedPrecision ? '' : 'not as precise as asked',
  ])
  const header = ['Prompt tokens', 'TTFT', '95 % interval', 'Fit', 'Off', 'Requests', '']
  const { aNs, bNs, cNs } = fit
  return [
    ...alignTable([header, ...rows]),
    '',
    `TTFT = ${formatDuration(aNs.value)} + ${formatDuration(bNs.value)} n + ${formatDuration(cNs.value * 1e6)} (n/1000)²; off by ${formatFraction(fit.meanErrorFraction)} on average, ${formatFraction(fit.maxErrorFraction)} at most; ${formatCount(fit.fromTokens)} to ${formatCount(fit.toTokens)} tokens`,
    ...(excluded.failed + excluded.cached > 0
      ? [`Left out: ${excluded.failed} failed, ${excluded.cached} with a cached prompt.`]
      : []),
    ...(cacheToldRequests === 0
      ? ['The server does not tell how many prompt tokens were cached; prompts are salted.']
      : []),
  ].join('\n')
}

function count(flag: string, text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new MetronError('bad-config', `${flag}: expected a whole number above 0, not ${JSON.stringify(text)}`)
}

function percent(text: string): number {
  const value = Number(text.replace(/\s*%$/, ''))
  if (text.trim() !== '' && value > 0 && value <= 100) return value / 100
  throw new MetronError(
    'bad-config',
    `--precision: expected a percentage such as 3%, not ${JSON.stringify(text)}`,
  )
}

function duration(text: string): number {
  const ns = parseDurationNs(text)
  if (ns !== undefined && ns > 0) return ns
  throw new MetronError('bad-config', `--budget: expected a duration such as 5m, not ${JSON.stringify(text)}`)
}
