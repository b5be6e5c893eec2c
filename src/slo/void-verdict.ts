import type { Verdict } from './objective.ts'

/**
 * The verdict of an objective whose run the client itself spoiled: neither pass nor fail. What was seen stays, for what
 * it is worth.
 */
export function voidVerdict(verdict: Verdict): Verdict {
  return {
    ...verdict,
    status: 'void',
    explanation: `Not judged, the client was the limit of this run. For what it is worth: ${verdict.explanation}`,
  }
}
