import * as z from 'zod'
import type { StepModelKind } from './step-model.ts'

const costNs = z.number().nonnegative()

/** Parameters of the linear step model; all in ns, fractions allowed, none negative. */
export const linearStepOptions = z.strictObject({
  baseNs: costNs.describe('Every step: reading the weights, launching, sampling'),
  prefillTokenNs: costNs.describe('Each prompt token: the matrix products'),
  prefillPairNs: costNs.describe('Each query-key pair of a prompt: the quadratic part of attention'),
  sequenceNs: costNs.describe('Each sequence that decodes in the step, and each token drafted for it'),
  contextTokenNs: costNs.describe(
    'Each token in the cache of a decoding sequence: reading its keys and values',
  ),
})

export type LinearStepOptions = z.infer<typeof linearStepOptions>

/**
 * Duration linear in each part of the work: the weights are read once a step whatever the batch, prompts cost compute
 * (their attention quadratically), decodes cost the reading of their caches.
 */
export const linearStepModel: StepModelKind<LinearStepOptions> = {
  kind: 'linear',
  summary: 'a fixed cost a step plus costs per prompt token, attention pair, sequence and cached token',
  options: linearStepOptions,
  create: (options) => ({
    durationNs: (work) =>
      Math.max(
        1,
        Math.round(
          options.baseNs +
            work.prefillTokens * options.prefillTokenNs +
            work.prefillPairs * options.prefillPairNs +
            work.decodeTokens * options.sequenceNs +
            work.contextTokens * options.contextTokenNs,
        ),
      ),
  }),
}
