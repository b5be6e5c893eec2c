import { chatCompletions } from '../clients/openai/chat-completions.ts'
import { completions } from '../clients/openai/completions.ts'
import type { Protocol } from '../clients/protocol.ts'
import type { ConfigExtensions } from '../config/config-extensions.ts'
import { MetronError } from '../errors/metron-error.ts'
import { ENGINE_NAMES } from '../simulator/engine-names.ts'
import type { ArrivalProcess } from '../workload/arrivals/arrival-process.ts'
import { burstArrivals } from '../workload/arrivals/burst-arrivals.ts'
import { closedLoopArrivals } from '../workload/arrivals/closed-loop-arrivals.ts'
import { constantArrivals } from '../workload/arrivals/constant-arrivals.ts'
import { gammaArrivals } from '../workload/arrivals/gamma-arrivals.ts'
import { poissonArrivals } from '../workload/arrivals/poisson-arrivals.ts'
import { fixedLength } from '../workload/lengths/fixed-length.ts'
import type { LengthDistribution } from '../workload/lengths/length-distribution.ts'
import { lognormalLength } from '../workload/lengths/lognormal-length.ts'
import { uniformLength } from '../workload/lengths/uniform-length.ts'
import { zipfLength } from '../workload/lengths/zipf-length.ts'
import { SIMULATOR_EXTENSIONS } from './simulator-extensions.ts'

/** Everything that a config can choose by name. The only list: nothing registers itself. */
export interface Extensions extends ConfigExtensions {
  readonly arrivals: readonly ArrivalProcess[]
  readonly lengths: readonly LengthDistribution[]
  readonly protocols: readonly Protocol[]
}

export const EXTENSIONS: Extensions = {
  arrivals: [poissonArrivals, constantArrivals, gammaArrivals, closedLoopArrivals, burstArrivals],
  lengths: [fixedLength, uniformLength, lognormalLength, zipfLength],
  protocols: [chatCompletions, completions],
  engines: ENGINE_NAMES,
  simulator: SIMULATOR_EXTENSIONS,
}

/** @throws MetronError `bad-config` when no extension of the list is of this kind */
export function extensionOf<T extends { readonly kind: string }>(list: readonly T[], kind: string): T {
  const found = list.find((each) => each.kind === kind)
  if (found !== undefined) return found
  throw new MetronError('bad-config', `there is no ${JSON.stringify(kind)}`, {
    hint: `There are ${list.map((each) => each.kind).join(', ')}.`,
  })
}
