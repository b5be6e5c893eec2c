import { expect, test } from 'vitest'
import { kolmogorovTail } from './kolmogorov-tail.ts'

// [count, distance, chance]; exact.
const SCIPY: readonly (readonly [number, number, number])[] = [
  [5, 0.22360679774997896, 0.9162082822963654],
  [5, 0.4472135954999579, 0.19951883851095398],
  [5, 0.7289581606649314, 0.00311125550322872],
  [10, 0.15811388300841897, 0.9316945195670987],
  [10, 0.31622776601683794, 0.21828385386284876],
  [10, 0.5154512586074458, 0.005409580194308771],
  [25, 0.1, 0.9426821978135055],
  [25, 0.272, 0.039960943009260785],
  [25, 0.44000000000000006, 6.336658165754266e-5],
  [100, 0.05, 0.9532159710635725],
  [100, 0.136, 0.0448602997908478],
  [100, 0.22000000000000003, 9.900265927321764e-5],
  [1000, 0.015811388300841896, 0.9605616144751687],
  [1000, 0.03162277660168379, 0.2644092421903177],
  [1000, 0.06957010852370435, 0.00011838360553231604],
  [100000, 0.0031622776601683794, 0.269435312462768],
  [100000, 0.006957010852370434, 0.00012445411075555712],
]

const toleranceOf = (count: number): number => (count < 10 ? 0.01 : count < 25 ? 0.002 : 0.0005)

test.each(SCIPY)('of %i values a distance of %f has the chance of scipy.stats.kstwo.sf 1.17.1', (...row) => {
  const [count, distance, chance] = row
  expect(Math.abs(kolmogorovTail(count, distance) - chance)).toBeLessThan(toleranceOf(count))
})

test('small chances are never too low, by scipy.stats.kstwo.sf 1.17.1', () => {
  expect(kolmogorovTail(10, 0.6957010852370434)).toBeGreaterThan(2.302761977620741e-5)
  expect(kolmogorovTail(100, 0.3)).toBeGreaterThan(1.7719869892662917e-8)
  expect(kolmogorovTail(1000, 0.09486832980505139) / 2.7683606440184413e-8).toBeCloseTo(1, 1)
})

test('no distance is certain, the whole distance impossible, and the chance never rises with the distance', () => {
  expect(kolmogorovTail(7, 0)).toBe(1)
  expect(kolmogorovTail(7, 1)).toBe(0)
  let previous = 1
  for (let distance = 0; distance <= 1; distance += 1e-3) {
    const chance = kolmogorovTail(40, distance)
    expect(chance).toBeLessThanOrEqual(previous + 1e-12)
    previous = chance
  }
})
