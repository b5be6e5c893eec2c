import { missBudget } from '../../metrics/miss-budget.ts'
import type { RunSummary } from '../../metrics/run-summary.ts'
import type { DeadlineCurveView } from './chart-view.ts'

/** The deadline curve of a summary with the crossing that the fluid token generation rate names. */
export function buildDeadlineCurve({ deadlineCurve, options, scalars }: RunSummary): DeadlineCurveView {
  const rate = scalars.find(({ id }) => id === 'fluid-token-rate')?.value ?? null
  return {
    deadlineNs: deadlineCurve.tbtDeadlineNs,
    p50: deadlineCurve.p50,
    p90: deadlineCurve.p90,
    p99: deadlineCurve.p99,
    chosenNs: options.tbtDeadlineNs,
    allowedMissRate: missBudget(options.minFluidity),
    requestFraction: options.requestFraction,
    fluid: rate === null || rate <= 0 ? null : { tokensPerSec: rate, deadlineNs: 1e9 / rate },
  }
}
