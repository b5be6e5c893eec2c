import { type Command, Option } from 'commander'
import type { OptionInfo } from '../config/list-options.ts'

/** Adds a flag for every option of the config schema that has one. */
export function addConfigFlags(command: Command, options: readonly OptionInfo[]): void {
  for (const option of options) {
    if (option.flag === undefined) continue
    const flag = new Option(flagsOf(option), describe(option))
    if (option.choices !== undefined) flag.choices([...option.choices])
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

function describe(option: OptionInfo): string {
  if (option.type === 'boolean' || option.defaultValue === null) return option.description
  const value = option.defaultValue
  if (value === undefined || (typeof value === 'object' && value !== null)) return option.description
  return `${option.description} (default: ${String(value)})`
}
