import type { EngineParts } from './engine-parts.ts'
import { type DueRequest, type SimulatedTimes, simulate } from './simulate-run.ts'

/** The size of a request for which limits are told, tokens. */
export interface RequestSize {
  readonly promptTokens: number
  readonly outputTokens: number
}

/** What an engine can do at most, found by running it in virtual time; `null` where such a request does not fit. */
export interface EngineLimitsFound {
  readonly size: RequestSize
  /** First token of a request alone, by prompt length. */
  readonly idleTtft: readonly { readonly promptTokens: number; readonly ns: number | null }[]
  /** Tokens a second of one user alone, after the first token. */
  readonly oneUserTokensPerSec: number | null
  /** Requests and output tokens a second when more requests wait than can run: no offered rate can be kept up above. */
  readonly requestsPerSec: number | null
  readonly tokensPerSec: number | null
  /** Requests of that size that the KV cache of one engine has room for, at most what may run at once. */
  readonly concurrentRequests: number
}

const PROMPTS = [256, 2048, 16_384]
/** Waves of a full batch: the first fills the engine and the last drains it. */
const WAVES = 6

/**
 * Runs the engine alone and overfull in virtual time. Deterministic; takes some hundredths of a second.
 *
 * @param createParts makes the parts anew for every run, since policies and routers may keep state
 * @param replicas how many engines are behind them
 */
export function measureLimits(
  createParts: () => EngineParts,
  replicas: number,
  size: RequestSize = { promptTokens: 256, outputTokens: 128 },
): EngineLimitsFound {
  const { maxBatch, kvTokens, contextTokens } = createParts().limits
  const fits = ({ promptTokens, outputTokens }: RequestSize) =>
    promptTokens + outputTokens <= Math.min(contextTokens, kvTokens)
  const alone = (of: RequestSize): SimulatedTimes | null =>
    fits(of) ? simulate([{ id: 0, dueNs: 0, ...of }], createParts())[0]! : null
  const one = alone(size)
  const concurrentRequests = Math.min(
    maxBatch,
    Math.floor(kvTokens / (size.promptTokens + size.outputTokens)),
  )
  const rate = fits(size) ? overfull(createParts(), concurrentRequests * replicas, size) : null
  return {
    size,
    idleTtft: PROMPTS.map((promptTokens) => ({
      promptTokens,
      ns: alone({ promptTokens, outputTokens: 1 })?.tokenNs[0] ?? null,
    })),
    oneUserTokensPerSec: one === null || size.outputTokens < 2 ? null : decodeRate(one),
    requestsPerSec: rate,
    tokensPerSec: rate === null ? null : rate * size.outputTokens,
    concurrentRequests,
  }
}

function decodeRate({ tokenNs }: SimulatedTimes): number {
  return ((tokenNs.length - 1) * 1e9) / (tokenNs.at(-1)! - tokenNs[0]!)
}

/** Requests that end a second, over the middle half of those that end. */
function overfull(parts: EngineParts, batch: number, size: RequestSize): number {
  const count = WAVES * batch
  // A bounded queue would refuse most of them.
  const unbounded = { ...parts, limits: { ...parts.limits, maxQueue: null } }
  const requests = Array.from({ length: count }, (_, id): DueRequest => ({ id, dueNs: 0, ...size }))
  const endsNs = simulate(requests, unbounded)
    .map(({ tokenNs }) => tokenNs.at(-1))
    .filter((ns) => ns !== undefined)
    .sort((a, b) => a - b)
  const [from, to] = [Math.floor(endsNs.length / 4), Math.floor((endsNs.length * 3) / 4)]
  return ((to - from) * 1e9) / (endsNs[to]! - endsNs[from]!)
}
