import { expect, test } from 'vitest'
import { binomialTail } from './binomial-tail.ts'

test.each([
  [20, 20, 0.1, 1e-20],
  [3, 1, 0.01, 0.029701],
  [20, 3, 0.01, 0.0010035761681001167],
  [100, 12, 0.05, 0.004274182466365919],
  [661, 15, 0.01, 0.003270039293555874],
  [5000, 70, 0.01, 0.004155047403633699],
  [10, 0, 0.3, 1],
  [10, 11, 0.3, 0],
])('at least %2$i of %1$i at %3$d: scipy binom.sf', (trials, least, p, expected) => {
  expect(binomialTail(trials, least, p) / (expected || 1)).toBeCloseTo(expected === 0 ? 0 : 1, 9)
})

test('certain and impossible events', () => {
  expect(binomialTail(5, 1, 0)).toBe(0)
  expect(binomialTail(5, 5, 1)).toBe(1)
  expect(binomialTail(0, 1, 0.5)).toBe(0)
})
