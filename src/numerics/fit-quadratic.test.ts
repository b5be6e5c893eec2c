import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitQuadratic, quadraticAt } from './fit-quadratic.ts'

const ones = (x: readonly number[]) => x.map(() => 1)

test('points of a quadratic give it back, at the size of prompts and nanoseconds', () => {
  const x = [128, 512, 2048, 8192, 32768]
  const y = x.map((n) => 20e6 + 31_000 * n + 0.4 * n * n)
  const fit = fitQuadratic(
    x,
    y,
    y.map((value) => 1 / value ** 2),
  )!
  expect(fit[0] / 20e6).toBeCloseTo(1, 8)
  expect(fit[1] / 31_000).toBeCloseTo(1, 8)
  expect(fit[2] / 0.4).toBeCloseTo(1, 8)
})

test('an exact least-squares solution worked out by hand: y = 1, 2, 2 on x = 0, 1, 2 is 7/6 + x/2', () => {
  // The parabola through the points falls, so c is 0 and the straight line of least squares remains.
  const fit = fitQuadratic([0, 1, 2], [1, 2, 2], [1, 1, 1])!
  expect(fit[0]).toBeCloseTo(7 / 6, 12)
  expect(fit[1]).toBeCloseTo(1 / 2, 12)
  expect(fit[2]).toBe(0)
})

test('weights count as repeated points do', () => {
  const weighted = fitQuadratic([0, 1, 2, 3], [1, 2, 5, 9], [1, 3, 1, 2])!
  const repeated = fitQuadratic([0, 1, 1, 1, 2, 3, 3], [1, 2, 2, 2, 5, 9, 9], [1, 1, 1, 1, 1, 1, 1])!
  for (const i of [0, 1, 2]) expect(weighted[i]).toBeCloseTo(repeated[i]!, 10)
})

test('values that fall with x give their weighted mean, no negative slope', () => {
  const fit = fitQuadratic([1, 2, 3], [9, 6, 3], [1, 1, 1])!
  expect(fit[0]).toBeCloseTo(6, 12)
  expect(fit.slice(1)).toEqual([0, 0])
})

test('no point near the answer fits better, whatever the points (a grid is the oracle)', () => {
  const value = fc.double({ min: 0.1, max: 10, noNaN: true })
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 3, maxLength: 9 }), (points) => {
      const [x, y] = [points.map(([each]) => each), points.map(([, each]) => each)]
      const fit = fitQuadratic(x, y, ones(x))!
      const error = (f: readonly number[]) =>
        x.reduce((sum, each, i) => sum + (y[i]! - quadraticAt([f[0]!, f[1]!, f[2]!], each)) ** 2, 0)
      expect(Math.min(...fit)).toBeGreaterThanOrEqual(0)
      const steps = [-0.05, 0, 0.05]
      for (const a of steps)
        for (const b of steps)
          for (const c of steps) {
            const near = [fit[0] + a, fit[1] + b, fit[2] + c].map((each) => Math.max(0, each))
            expect(error(near)).toBeGreaterThanOrEqual(error(fit) * (1 - 1e-6) - 1e-6)
          }
    }),
    { seed: 5 },
  )
})

test('nothing is no fit, and one point is a constant or a line through it', () => {
  expect(fitQuadratic([], [], [])).toBeNull()
  expect(quadraticAt(fitQuadratic([4], [8], [1])!, 4)).toBeCloseTo(8, 12)
})
