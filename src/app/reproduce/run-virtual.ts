import { type MeasuredRequests, measureRequests } from '../../metrics/measure-requests.ts'
import type { MetricOptions, RunSummary } from '../../metrics/run-summary.ts'
import { summarizeMeasured } from '../../metrics/summarize.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import { createEngineParts, type EngineInput, engineOptions } from '../../simulator/engine-options.ts'
import { poissonArrivals } from '../../workload/arrivals/poisson-arrivals.ts'
import { createPlan } from '../../workload/create-plan.ts'
import type { LengthSource } from '../../workload/plan-spec.ts'
import { simulatePlan } from '../virtual/simulate-plan.ts'

export interface VirtualRun {
  readonly seed: number
  readonly engine: EngineInput
  readonly lengths: LengthSource
  readonly ratePerSec: number
  /** Measured; a tenth as many come before as warm-up. */
  readonly requests: number
  readonly tbtDeadlineNs: number
  /** `null`: first tokens are left out of the fluidity-index. */
  readonly ttftDeadlineNs: ((promptTokens: number) => number) | null
}

export interface VirtualResult {
  readonly summary: RunSummary
  readonly measured: MeasuredRequests
  readonly options: MetricOptions
}

/** Poisson arrivals at a simulated engine in virtual time, measured as any run of Metron is. */
export function runVirtual(run: VirtualRun): VirtualResult {
  const warmup = Math.ceil(run.requests / 10)
  const plan = createPlan({
    seed: run.seed,
    arrivals: { process: poissonArrivals, options: { ratePerSec: run.ratePerSec } },
    lengths: run.lengths,
    requests: run.requests,
    warmup: { requests: warmup },
    promptText: () => '',
  })
  const records: RequestRecord[] = []
  simulatePlan(plan, createEngineParts(engineOptions.parse(run.engine)), (record) => {
    records.push(record)
    return undefined
  })
  const options = {
    origin: 'due',
    ttftDeadlineNs: run.ttftDeadlineNs ?? (() => 1),
    ttftDeadlineText: '',
    tbtDeadlineNs: run.tbtDeadlineNs,
    ignoreFirst: run.ttftDeadlineNs === null,
    minFluidity: 0.9,
    requestFraction: 0.99,
    failedRequests: 'miss',
    measureFromNs: plan.dueNs![warmup]!,
  } as const
  const measured = measureRequests(
    records.sort((a, b) => a.id - b.id),
    options,
  )
  return { summary: summarizeMeasured(measured, options), measured, options }
}

/** The three token rates that the paper compares, tokens/s. */
export function tokenRates({ scalars }: RunSummary): { tpot: number; tbt: number; fluid: number } {
  const rate = (id: string) => scalars.find((scalar) => scalar.id === id)?.value ?? Number.NaN
  return { tpot: rate('rate-by-mean-tpot'), tbt: rate('rate-by-p99-tbt'), fluid: rate('fluid-token-rate') }
}
