import { expect, test } from 'vitest'
import { choosePoints, defaultGrid } from './choose-points.ts'

test('the whole grid is measured steadily with every number of threads, other patterns once', () => {
  const points = choosePoints(defaultGrid(false, 7))
  const steady = points.filter(({ pattern }) => pattern === 'steady')
  expect(steady).toHaveLength(18)
  expect(steady.slice(0, 9).every(({ workers }) => workers === 1)).toBe(true)
  expect(steady.slice(9).every(({ workers }) => workers === 7)).toBe(true)
  const loads = steady.slice(0, 9).map(({ streams, perStreamPerSec }) => streams * perStreamPerSec)
  expect(loads).toEqual([200, 1000, 2000, 2000, 10_000, 10_000, 20_000, 50_000, 100_000])
  expect(points.slice(18).map(({ pattern }) => pattern)).toEqual([
    'in-step',
    'bursty',
    'tokens-per-event',
    'events-per-packet',
    'flat-out',
  ])
})

test('one default thread is not measured twice', () => {
  expect(defaultGrid(true, 1).workers).toEqual([1])
})

test('named patterns are measured over the whole grid; flat-out has no rate', () => {
  const grid = { streams: [5, 9], rates: [1, 2, 3], workers: [2], windowNs: 1e9 }
  expect(choosePoints({ ...grid, patterns: ['bursty'] })).toHaveLength(6)
  expect(choosePoints({ ...grid, patterns: ['flat-out'] }).map(({ streams }) => streams)).toEqual([5, 9])
})
