import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as library from '../src/index.ts'
import * as plugin from '../src/plugin.ts'
import * as testing from '../src/testing.ts'

/** Adding a name is a feature, removing or renaming one is a breaking change: both are made here on purpose. */
test("the names that 'metron' exports are these and no others", () => {
  expect(Object.keys(library).sort()).toEqual([
    'FAILURE_REASONS',
    'METRIC_CATALOG',
    'MetronError',
    'bench',
    'evaluateObjective',
    'fluidTokenRate',
    'fluidityIndex',
    'parseObjective',
    'readRun',
    'smallestTbtDeadline',
    'summarize',
    'tokenFluidity',
  ])
})

test("'metron/plugin' exports types only", () => {
  expect(Object.keys(plugin)).toEqual([])
})

test("the names that 'metron/testing' exports are these and no others", () => {
  expect(Object.keys(testing).sort()).toEqual(['arrivalContract', 'lengthContract', 'startEmbeddedEngine'])
})

test('package.json exports the three entries, the schemas and itself', () => {
  const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(Object.keys(exports)).toEqual(['.', './plugin', './testing', './schemas/*', './package.json'])
})

test('the functions take plain arrays and typed arrays of nanoseconds, as the reference page says', () => {
  const timesNs = [200e6, 20e6, 20e6, 90e6, 10e6]
  const deadlines = { ttftDeadlineNs: 300e6, tbtDeadlineNs: 25e6 }
  const expected = { index: 1, missed: 0, total: 5 }
  expect(library.fluidityIndex(timesNs, deadlines)).toEqual(expected)
  expect(library.fluidityIndex(Float64Array.from(timesNs), deadlines)).toEqual(expected)
  expect(library.fluidityIndex(timesNs, { ...deadlines, ignoreFirst: true })).toEqual({
    index: 1 - 3 / 6,
    missed: 3,
    total: 6,
  })
  expect(library.smallestTbtDeadline(timesNs, { ...deadlines, maxMissFraction: 0, ignoreFirst: true })).toBe(
    Math.ceil(130e6 / 3),
  )
})
