import fc from 'fast-check'
import { expect, test } from 'vitest'
import { regularizedBeta } from './regularized-beta.ts'

test('closed forms: I_x(1, b) and I_x(a, 1)', () => {
  for (const x of [0.01, 0.3, 0.77]) {
    expect(regularizedBeta(x, 1, 5)).toBeCloseTo(1 - (1 - x) ** 5, 13)
    expect(regularizedBeta(x, 7, 1)).toBeCloseTo(x ** 7, 13)
  }
})

test('is the tail of the binomial distribution, summed term by term', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.nat(),
      (n, p, pick) => {
        const k = 1 + (pick % n)
        let term = (1 - p) ** n
        let below = 0
        for (let i = 0; i < k; i++) {
          below += term
          term *= ((n - i) / (i + 1)) * (p / (1 - p))
        }
        expect(regularizedBeta(p, k, n - k + 1)).toBeCloseTo(1 - below, 9)
      },
    ),
  )
})

test('large parameters converge: half of the mass lies below the median', () => {
  expect(regularizedBeta(0.5, 500_000, 500_000)).toBeCloseTo(0.5, 9)
})
