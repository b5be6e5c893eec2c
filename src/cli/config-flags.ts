import { type Command, Option } from 'commander'
import type { OptionInfo } from '../config/list-options.ts'

const HEADINGS: Readonly<Record<string, string>> = {
  target: 'Server:',
  server: 'Server:',
  engine: 'Embedded engine:',
  simulator: 'Embedded engine:',
  load: 'Load:',
  workload: 'Prompts and answers:',
  score: 'Judging:',
  output: 'Results:',
}

/** More are not listed in the help; the schema checks the value all the same and names them. */
const MOST_CHOICES = 12

/** Adds a flag for every option of the config schema that has one. */
export function addConfigFlags(command: Command, options: readonly OptionInfo[]): void {
  for (const option of options) {
    if (option.flag === undefined) continue
    const flag = new Option(flagsOf(option), describe(option)).helpGroup(
      HEADINGS[option.path[0]!] ?? 'Options:',
    )
    if (option.choices !== undefined && option.choices.length <= MOST_CHOICES)
      flag.choices([...option.choices])
    if (option.type === 'list' || option.type === 'map')
      flag.argParser((text: string, earlier: string[] | undefined) => [...(earlier ?? []), text])
    command.addOption(flag)
  }
}

/** What was written for an option on the command line; `undefined` when it was not. */
export function readConfigFlag(command: Command, option: OptionInfo): unknown {
  if (option.flag === undefined) return undefined
  const name = option.flag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  return command.getOptionValueSource(name) === 'cli' ? command.getOptionValue(name) : undefined
}

/** `--rate <rate>`; a switch that is on by default is turned off with `--no-keep-text`. */
function flagsOf(option: OptionInfo): string {
  if (option.type !== 'boolean') return `--${option.flag} <${option.placeholder ?? 'value'}>`
  return option.defaultValue === true ? `--no-${option.flag}` : `--${option.flag}`
}

function describe({ type, defaultValue, description }: OptionInfo): string {
  // As commander words its own; abbreviations such as PEM stay.
  const text = description.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase())
  if (type === 'boolean') return defaultValue === true ? `do not ${text}` : text
  if (defaultValue === undefined || typeof defaultValue === 'object') return text
  return `${text} (default: ${String(defaultValue)})`
}
