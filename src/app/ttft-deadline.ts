import type { ResolvedConfig } from '../config/resolve-config.ts'
import { type TtftDeadline, writeTtftCurve } from '../config/ttft-deadline.ts'
import { MetronError } from '../errors/metron-error.ts'
import type { MetricOptions } from '../metrics/run-summary.ts'
import { formatCount } from '../report/format/format-count.ts'
import { formatSetting } from '../report/format/format-duration.ts'
import { readPrefillProfile } from '../storage/prefill-profile-file.ts'

/** The deadline of the first token, as the metrics and their readers need it. */
export type TtftDeadlineOptions = Pick<MetricOptions, 'ttftDeadlineNs' | 'ttftRangeTokens'> & {
  readonly ttftDeadlineText: string
}

/**
 * Puts the curve itself in the place of a named profile, so that a run stays recomputable without the file. Every use case
 * that judges by options of people does this first; other configs come back as they are.
 *
 * @throws MetronError `bad-input-file` when the profile cannot be read
 */
export async function pinTtftDeadline(resolved: ResolvedConfig): Promise<ResolvedConfig> {
  const deadline = resolved.config.score.ttftDeadline
  if (deadline.kind !== 'profile') return resolved
  const { fit } = await readPrefillProfile(deadline.file)
  const pinned = {
    kind: 'curve',
    curve: {
      aNs: fit.aNs.value,
      bNs: fit.bNs.value,
      cNs: fit.cNs.value,
      fromTokens: fit.fromTokens,
      toTokens: fit.toTokens,
    },
    factor: deadline.factor,
    slackNs: deadline.slackNs,
  } as const
  const text = writeTtftCurve(pinned)
  const { config, options, values } = resolved
  return {
    config: { ...config, score: { ...config.score, ttftDeadline: pinned } },
    options: options.map((each) =>
      each.option.path.join('.') === 'score.ttftDeadline' ? { ...each, value: text } : each,
    ),
    values: { ...values, score: { ...(values.score as object), ttftDeadline: text } },
  }
}

/**
 * The deadline as a function of the prompt's length and in words. A prompt outside the measured range gets the curve's
 * continuation; `ttftRangeTokens` lets reports warn of it.
 *
 * @throws MetronError `bad-config` for a profile that {@link pinTtftDeadline} has not read yet
 */
export function ttftDeadlineOptions(deadline: TtftDeadline): TtftDeadlineOptions {
  if (deadline.kind === 'fixed')
    return { ttftDeadlineNs: () => deadline.ns, ttftDeadlineText: formatSetting(deadline.ns) }
  if (deadline.kind === 'profile')
    throw new MetronError('bad-config', `the prefill profile ${deadline.file} has not been read`)
  const { curve, factor, slackNs } = deadline
  const { aNs, bNs, cNs, fromTokens, toTokens } = curve
  const times = factor === 1 ? '' : `${factor} times `
  const slack = slackNs === 0 ? '' : ` plus ${formatSetting(slackNs)}`
  return {
    ttftDeadlineNs: (tokens) => Math.max(1, factor * (aNs + tokens * (bNs + tokens * cNs)) + slackNs),
    ttftDeadlineText: `${times}the prefill profile${slack} (${formatCount(fromTokens)} to ${formatCount(toTokens)} prompt tokens)`,
    ttftRangeTokens: { from: fromTokens, to: toTokens },
  }
}
