import { expect, test } from 'vitest'
import { createAxisScale } from './axis-scale.ts'

const axis = { label: 'TTFT', range: [0, 100], unit: 'ns' } as const

test('a linear axis picks its unit by its end and puts it into the title', () => {
  const scale = createAxisScale({ ...axis, kind: 'linear', from: 0, to: 500e6 })
  expect(scale.title).toBe('TTFT (ms)')
  expect(scale.ticks.map(({ text }) => text)).toEqual(['0', '100', '200', '300', '400', '500'])
  expect(scale.at(250e6)).toBe(50)
})

test('a log axis has ticks at powers of ten, with 2 and 5 between when it is short', () => {
  const texts = (from: number, to: number) =>
    createAxisScale({ ...axis, kind: 'log', from, to }).ticks.map(({ text }) => text)
  expect(texts(1e6, 100e6)).toEqual(['1', '2', '5', '10', '20', '50', '100'])
  expect(texts(0.01e6, 10_000e6)).toEqual(['0.01', '0.1', '1', '10', '100', '1000', '10\u202f000'])
})

test('values outside an axis stand at its ends; 0 stands at the left end of a log axis', () => {
  const scale = createAxisScale({ ...axis, kind: 'log', from: 1e6, to: 100e6 })
  expect(scale.at(0)).toBe(0)
  expect(scale.at(1e12)).toBe(100)
})

test.each(['linear', 'log'] as const)('a %s axis of no width still places its one value', (kind) => {
  for (const value of [0, 5e6]) {
    const scale = createAxisScale({ ...axis, kind, from: value, to: value })
    expect(Number.isFinite(scale.at(value))).toBe(true)
    expect(scale.ticks.every(({ px }) => Number.isFinite(px))).toBe(true)
  }
})
