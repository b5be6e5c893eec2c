import { expect, test } from 'vitest'
import { idleTtftSec, promptCost } from './prompt-cost.ts'

test('a first token takes longer than its matrix products at the peak of two H100, and less than ten times that', () => {
  // 2 FLOPs a parameter and token; 34.4 B parameters; 989.4 TFLOP/s each.
  for (const tokens of [8192, 16_384, 32_768, 65_536]) {
    const leastSec = (2 * 34.4e9 * tokens) / (2 * 989.4e12)
    expect(idleTtftSec(tokens)).toBeGreaterThan(leastSec)
    expect(idleTtftSec(tokens)).toBeLessThan(10 * leastSec)
  }
})

test('each doubling of a long prompt takes more than twice as long', () => {
  for (const tokens of [4096, 8192, 16_384, 32_768])
    expect(idleTtftSec(2 * tokens) / idleTtftSec(tokens)).toBeGreaterThan(2)
})

test('its verdict is what its own numbers say', () => {
  const { comparisons, agreement } = promptCost()
  const isNear = comparisons.every(({ here, paper }) => Math.abs(here! / paper! - 1) <= 0.25)
  expect(agreement === 'agree').toBe(isNear)
  expect(agreement).toBe('agree')
})
