import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limitTotal } from './limit-total.ts'

const tokens = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1_000_000 }))

test('the sum meets a limit exactly, both stay at least 1, and the proportion moves by less than a token', () => {
  fc.assert(
    fc.property(tokens, tokens, fc.integer({ min: 2, max: 10_000 }), (promptTokens, outputTokens, limit) => {
      const lengths = { promptTokens, outputTokens }
      const trimmed = limitTotal(lengths, limit)
      const total = promptTokens + outputTokens
      if (total <= limit) {
        expect(trimmed).toEqual(lengths)
        return
      }
      expect(trimmed.promptTokens + trimmed.outputTokens).toBe(limit)
      expect(trimmed.promptTokens).toBeGreaterThanOrEqual(1)
      expect(trimmed.outputTokens).toBeGreaterThanOrEqual(1)
      expect(Math.abs(trimmed.promptTokens - (promptTokens * limit) / total)).toBeLessThanOrEqual(1)
    }),
  )
})

test('6,000 and 2,000 tokens under a limit of 4,000 become 3,000 and 1,000', () => {
  expect(limitTotal({ promptTokens: 6000, outputTokens: 2000 }, 4000)).toEqual({
    promptTokens: 3000,
    outputTokens: 1000,
  })
})
