import { expect, test } from 'vitest'
import { parseObjective } from './parse-objective.ts'
import { voidVerdict } from './void-verdict.ts'

test('a void verdict is neither pass nor fail, says why, and keeps what was seen', () => {
  const verdict = {
    objective: parseObjective('ttft<=300ms@p90'),
    status: 'pass',
    observed: 1e6,
    attained: 1,
    attainedInterval: null,
    observedInterval: null,
    count: 200,
    needed: 64,
    explanation: 'The p90 is 1 ms.',
  } as const
  expect(voidVerdict(verdict)).toEqual({
    ...verdict,
    status: 'void',
    explanation: 'Not judged, the client was the limit of this run. For what it is worth: The p90 is 1 ms.',
  })
})
