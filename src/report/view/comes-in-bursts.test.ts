import { expect, test } from 'vitest'
import { makeRecord } from '../../../test/make-record.ts'
import { comesInBursts } from './comes-in-bursts.ts'

const MS = 1e6

/** `chunks` chunks, `perRead` in each read, a read every `pauseMs`. */
const streamOf = (chunks: number, perRead: number, pauseMs: number, firstMs = 50) =>
  makeRecord({
    arrivalsNs: Array.from({ length: chunks }, (_, k) => (firstMs + Math.floor(k / perRead) * pauseMs) * MS),
  })

test('a chunk a read is no burst, however slow', () => {
  expect(comesInBursts(streamOf(100, 1, 20), 0)).toBe(false)
  expect(comesInBursts(streamOf(100, 1, 500), 0)).toBe(false)
})

test('ten chunks every 200 ms were held back', () => {
  expect(comesInBursts(streamOf(100, 10, 200), 0)).toBe(true)
})

test('two chunks a read, half of them, are not enough; three are', () => {
  expect(comesInBursts(streamOf(100, 2, 50), 0)).toBe(false)
  expect(comesInBursts(streamOf(100, 3, 50), 0)).toBe(true)
})

test('a fast stream shares reads without anybody holding it back', () => {
  expect(comesInBursts(streamOf(2000, 20, 1), 0)).toBe(false)
})

test('pauses no longer than the delay of the thread that stamped may be its own', () => {
  expect(comesInBursts(streamOf(100, 10, 200), 199 * MS)).toBe(true)
  expect(comesInBursts(streamOf(100, 10, 200), 200 * MS)).toBe(false)
})

test('an answer in one read was held back when that took longer than a fast model needs', () => {
  expect(comesInBursts(streamOf(100, 100, 0, 2000), 0)).toBe(true)
  expect(comesInBursts(streamOf(100, 100, 0, 100), 0)).toBe(false)
})

test('few chunks say nothing', () => {
  expect(comesInBursts(streamOf(7, 7, 0, 5000), 0)).toBeNull()
  expect(comesInBursts(makeRecord(), 0)).toBeNull()
})
