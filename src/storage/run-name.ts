import { MetronError } from '../errors/metron-error.ts'

const MAX_LENGTH = 80
const RUN_NAME = /^[\p{L}\p{N}][\p{L}\p{N}._+@=,-]*$/u
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * Checks that a run's name is one plain folder name: letters, digits and `._+@=,-`, starting with a letter or digit,
 * at most 80 characters. So it can never lead out of the runs folder.
 *
 * @throws MetronError `bad-config`, whose hint offers the nearest good name
 */
export function checkRunName(name: string): string {
  if (name.length <= MAX_LENGTH && RUN_NAME.test(name) && !DEVICE_NAME.test(name)) return name
  throw new MetronError('bad-config', `${JSON.stringify(name)} cannot be the name of a run`, {
    hint: `Use letters, digits and ._+@=,- such as ${JSON.stringify(toRunName(name))}.`,
  })
}

/** Any text as a name that {@link checkRunName} accepts: runs of other characters become `-`; nothing left: `run`. */
export function toRunName(text: string): string {
  const name = text
    .replace(/[^\p{L}\p{N}._+@=,-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/-{2,}/g, '-')
  // Cutting at a code point keeps a pair of surrogates together.
  const short = Array.from(name)
    .slice(0, MAX_LENGTH / 2)
    .join('')
    .replace(/[-.]+$/, '')
  if (short === '') return 'run'
  return DEVICE_NAME.test(short) ? `run-${short}` : short
}

/**
 * The name of a run that was given none: start time in UTC and target, such as `2025-11-24T06-31-05-localhost-8000`.
 *
 * @param target URL of the server; `null` for the embedded engine
 */
export function defaultRunName(startedAt: Date, target: string | null): string {
  const time = startedAt.toISOString().slice(0, 19).replaceAll(':', '-')
  return toRunName(`${time}-${target === null ? 'embedded' : hostOf(target)}`)
}

function hostOf(target: string): string {
  return URL.canParse(target) ? new URL(target).host : target
}
