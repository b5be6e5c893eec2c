import { expect, test } from 'vitest'
import { createGroundTruthLog, type GroundTruth } from './ground-truth.ts'

const truth: GroundTruth = {
  requestId: 'line\nbreak',
  receivedNs: 9_007_199_254_740_991,
  prefillStartNs: null,
  prefillEndNs: null,
  tokenPlannedNs: [],
  tokenWrittenNs: [],
  promptTokens: 3,
  outputTokens: 0,
  outcome: 'cancelled',
}

test('each entry is kept and written as one line that parses back to it', () => {
  const lines: string[] = []
  const log = createGroundTruthLog(true, (line) => lines.push(line))
  log.add(truth)
  expect(log.entries()).toEqual([truth])
  expect(lines).toHaveLength(1)
  expect(lines[0]!.indexOf('\n')).toBe(lines[0]!.length - 1)
  expect(JSON.parse(lines[0]!)).toEqual(truth)
})

test('a log that keeps nothing still writes', () => {
  const lines: string[] = []
  const log = createGroundTruthLog(false, (line) => lines.push(line))
  log.add(truth)
  expect(log.entries()).toEqual([])
  expect(lines).toHaveLength(1)
})
