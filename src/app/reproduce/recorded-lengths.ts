import { lognormalLength } from '../../workload/lengths/lognormal-length.ts'
import type { LengthSource } from '../../workload/plan-spec.ts'

/** Lognormal with a given median and 90th percentile; the z-value of 0.9 is 1.2816. */
function lognormal(median: number, p90: number, max: number) {
  const options = { median, sigma: Math.log(p90 / median) / 1.2816, min: 4, max }
  return { distribution: lognormalLength, options }
}

/**
 * Lengths like those of two recorded data sets: lognormal, with the medians and 90th percentiles of table 2 of
 * Sarathi-Serve (arXiv 2403.02310). Prompts and answers are independent here, which those of the data sets are not.
 */
export const RECORDED_LENGTHS = {
  sharegpt: {
    kind: 'independent',
    prompt: lognormal(1730, 5696, 8192),
    output: lognormal(415, 834, 2048),
  },
  arxiv: {
    kind: 'independent',
    prompt: lognormal(7059, 12_985, 16_384),
    output: lognormal(208, 371, 1024),
  },
  /** Of the paper's study of public services: prompts of 256 to 8,192 tokens, answers of at most 256. */
  services: {
    kind: 'independent',
    prompt: { distribution: lognormalLength, options: { median: 1024, sigma: 0.9, min: 256, max: 8192 } },
    output: { distribution: lognormalLength, options: { median: 200, sigma: 0.3, min: 32, max: 256 } },
  },
} as const satisfies Record<string, LengthSource>
