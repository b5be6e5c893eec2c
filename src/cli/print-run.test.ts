import { expect, test } from 'vitest'
import { makeSyntheticRun, type SyntheticRun } from '../../test/synthetic-run.ts'
import { exitCodeOfRun } from './print-run.ts'

function codeOf(run: SyntheticRun, statuses: readonly ('pass' | 'fail' | 'no-data' | 'void')[] = []): number {
  const { manifest, summary, verdicts } = makeSyntheticRun(run)
  const judged = statuses.map((status) => ({ ...verdicts[0]!, status }))
  return exitCodeOfRun({ manifest, summary, verdicts: judged })
}

test('objectives decide: met 0, missed 1, too little data 4, missed before too little data', () => {
  expect(codeOf({ requests: 60 }, ['pass'])).toBe(0)
  expect(codeOf({ requests: 60 }, ['no-data', 'fail'])).toBe(1)
  expect(codeOf({ requests: 60 }, ['pass', 'no-data'])).toBe(4)
})

test('a client that was the limit is code 5, also when every request failed or an objective would be met', () => {
  const health = { verdict: 'invalid' } as const
  expect(codeOf({ requests: 60, health }, ['void'])).toBe(5)
  expect(codeOf({ requests: 60, health, failFraction: 1 })).toBe(5)
  expect(codeOf({ requests: 60, failFraction: 1 })).toBe(3)
  expect(codeOf({ requests: 60, health: { verdict: 'degraded' } }, ['pass'])).toBe(0)
})

test('an interrupted run is code 130 whatever else holds', () => {
  const manifest = { status: 'interrupted' } as const
  expect(codeOf({ requests: 60, manifest, health: { verdict: 'invalid' } })).toBe(130)
})
