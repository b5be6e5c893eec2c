import { fluidTbtDeadline } from './fluid-tbt-deadline.ts'
import type { MeasuredRequest } from './measured-request.ts'
import { missBudget } from './miss-budget.ts'
import { perSecond } from './per-second.ts'
import { requireFraction } from './require-fraction.ts'
import type { Distribution, MetricOptions, RunScalar, RunSummary } from './run-summary.ts'

/** What the scalars are computed from. */
export interface MeasuredRun {
  readonly requests: readonly MeasuredRequest[]
  readonly options: MetricOptions
  readonly window: RunSummary['window']
  readonly tpot: Distribution
  readonly tbt: Distribution
}

/** The metrics with one value for the run, in the order of the catalog. */
export function runScalars(run: MeasuredRun): RunScalar[] {
  const { tpot, tbt } = run
  return [
    ...fluidityScalars(run),
    { id: 'rate-by-mean-tpot', value: perSecond(1, tpot.mean), count: tpot.count },
    { id: 'rate-by-p99-tbt', value: perSecond(1, tbt.p99), count: tbt.count },
    ...throughputScalars(run),
  ]
}

function fluidityScalars({ requests, options }: MeasuredRun): RunScalar[] {
  const minFluidity = requireFraction('minFluidity', options.minFluidity)
  const requestFraction = requireFraction('requestFraction', options.requestFraction)
  const answered = requests.filter((request) => request.ok)
  const neverFluid = options.failedRequests === 'miss' ? requests.length - answered.length : 0
  let missed = 0
  let total = 0
  for (const { fluidity } of requests) {
    missed += fluidity.missed
    total += fluidity.total
  }
  const indices = answered.map((request) => request.fluidity.index).filter((index) => index !== null)
  const fluid = indices.filter((index) => index >= minFluidity).length
  const judged = indices.length + neverFluid
  const { deadlineNs, requests: count } = fluidTbtDeadline(
    answered.map((request) => request.interTokenTimesNs),
    { maxMissFraction: missBudget(minFluidity), requestFraction, ttftDeadlinesNs: null, neverFluid },
  )
  return [
    { id: 'service-miss-rate', value: share(missed, total), count: total },
    { id: 'fluid-requests', value: share(fluid, judged), count: judged },
    { id: 'fluid-token-rate', value: perSecond(1, deadlineNs), count },
  ]
}

function throughputScalars({ requests, window }: MeasuredRun): RunScalar[] {
  const spanNs = window === null ? null : window.toNs - window.fromNs
  let answered = 0
  let outputTokens = 0
  let promptTokens = 0
  for (const request of requests) {
    if (!request.ok) continue
    answered++
    outputTokens += request.outputTokens
    promptTokens += request.promptTokens
  }
  const failed = requests.length - answered
  return [
    { id: 'request-throughput', value: perSecond(answered, spanNs), count: answered },
    { id: 'output-token-throughput', value: perSecond(outputTokens, spanNs), count: outputTokens },
    {
      id: 'total-token-throughput',
      value: perSecond(promptTokens + outputTokens, spanNs),
      count: promptTokens + outputTokens,
    },
    { id: 'error-rate', value: share(failed, requests.length), count: requests.length },
  ]
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
