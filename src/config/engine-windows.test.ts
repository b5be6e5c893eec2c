import { expect, test } from 'vitest'
import { outage, slowdown } from './engine-windows.ts'

test('an outage is a replica and two moments', () => {
  expect(outage().parse('0@10s..20s')).toEqual({ replica: 0, fromNs: 10e9, toNs: 20e9 })
  expect(outage().parse('2 @ 1.5s .. 1m')).toEqual({ replica: 2, fromNs: 1.5e9, toNs: 60e9 })
})

test('a slowdown is a factor and two moments', () => {
  expect(slowdown().parse('4x@500ms..2s')).toEqual({ factor: 4, fromNs: 500e6, toNs: 2e9 })
  expect(slowdown().parse('1.5x@0s..2s')).toMatchObject({ factor: 1.5, fromNs: 0 })
})

test.each(['0@20s..10s', '0@1s..1s', 'x@1s..2s', '-1@1s..2s', '0@1..2', '0@1s', '0', ''])(
  '%j is no outage',
  (text) => {
    expect(outage().safeParse(text).success).toBe(false)
  },
)

test.each(['4@1s..2s', '0x@1s..2s', '-2x@1s..2s', '4x@2s..1s', 'x@1s..2s'])('%j is no slowdown', (text) => {
  expect(slowdown().safeParse(text).success).toBe(false)
})
