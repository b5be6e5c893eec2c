import { expect, test } from 'vitest'
import { PACING_PATTERNS } from './pacing-pattern.ts'
import { eventsOf, readSchedule } from './pacing-schedule.ts'

const body = (pacing: unknown) => JSON.stringify({ model: 'paced', pacing })

test('a schedule is read from the body', () => {
  const read = readSchedule(body({ pattern: 'events-per-packet', perSec: 50, events: 10 }))!
  expect(read.pattern.kind).toBe('events-per-packet')
  expect(read.periodNs).toBe(20e6)
  expect(read.writes).toBe(3)
  expect(eventsOf({ pattern: 'events-per-packet', perSec: 50, events: 10 })).toBe(12)
  expect(eventsOf({ pattern: 'steady', perSec: 50, events: 10 })).toBe(10)
})

test('a body without a schedule gets one chunk', () => {
  expect(readSchedule('{}')).toMatchObject({ writes: 1 })
})

test.each([
  'no json',
  'null x',
  body({ pattern: 'odd', perSec: 1, events: 1 }),
  body({ pattern: 'steady', perSec: 0, events: 1 }),
  body({ pattern: 'steady', perSec: '9', events: 1 }),
  body({ pattern: 'steady', perSec: 1, events: 1e9 }),
  body({ pattern: 'steady', perSec: 1 }),
  body(7),
])('%s is unsound', (text) => {
  expect(readSchedule(text)).toBeNull()
})

test('every pattern with a schedule never goes back and gives one chunk a period in the long run', () => {
  for (const { kind, offsetPeriods, eventsPerWrite } of PACING_PATTERNS) {
    if (offsetPeriods === null) continue
    const offsets = Array.from({ length: 1000 }, (_, index) => offsetPeriods(index))
    expect(offsets, kind).toEqual(offsets.toSorted((a, b) => a - b))
    expect(offsets[0], kind).toBe(0)
    expect(offsetPeriods(8000) / (8000 * eventsPerWrite), kind).toBe(1)
  }
})
