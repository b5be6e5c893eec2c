import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandomStream } from './create-random-stream.ts'
import { createZipfSampler } from './zipf-sampler.ts'

const COUNT = 200_000
// scipy.stats.zipfian 1.17.1: [rank, pmf, cdf].
const SCIPY = [
  {
    theta: 0.6,
    size: 1000,
    table: [
      [1, 0.02654097424864018, 0.02654097424864018],
      [2, 0.017510512740350193, 0.044051486988990377],
      [3, 0.013729164471717936, 0.057780651460708314],
      [5, 0.010104966033156117, 0.07943824753515524],
      [10, 0.006666791309420444, 0.11814433024129473],
      [100, 0.0016746222631839201, 0.3676665024086198],
      [1000, 0.00042064609407955545, 1],
    ],
  },
  {
    theta: 0.99,
    size: 1000,
    table: [
      [1, 0.1293836269785717, 0.1293836269785717],
      [2, 0.0651417806362705, 0.19452540761484222],
      [3, 0.04360429601586872, 0.23812970363071093],
      [5, 0.026296564688596633, 0.2972237070954425],
      [10, 0.013239735880303955, 0.3824719122247289],
      [100, 0.00135481289459631, 0.6850305186912753],
      [1000, 0.00013863705408920078, 1],
    ],
  },
  {
    theta: 1,
    size: 10,
    table: [
      [1, 0.34141715214740553, 0.34141715214740553],
      [2, 0.17070857607370277, 0.5121257282211082],
      [3, 0.1138057173824685, 0.6259314456035767],
      [5, 0.06828343042948111, 0.7795691640699093],
      [10, 0.034141715214740555, 1],
    ],
  },
  {
    theta: 1.5,
    size: 100_000,
    table: [
      [1, 0.38372237274836357, 0.38372237274836357],
      [2, 0.1356663459316802, 0.5193887186800438],
      [3, 0.07384740506678301, 0.5932361237468268],
      [5, 0.034321172398114164, 0.6755225927384865],
      [10, 0.012134366870489544, 0.765655253657974],
      [100, 0.0003837223727483638, 0.9258737742976596],
      [1000, 1.2134366870489545e-5, 0.9781641992325901],
    ],
  },
  {
    theta: 0,
    size: 8,
    table: [
      [1, 0.125, 0.125],
      [2, 0.125, 0.25],
      [3, 0.125, 0.375],
      [5, 0.125, 0.625],
    ],
  },
] as const

const drawMany = (theta: number, min: number, max: number, scramble: boolean, seed = 1) => {
  const sample = createZipfSampler(createRandomStream(seed), { min, max, theta, scramble })
  return Float64Array.from({ length: COUNT }, () => sample())
}
const withinFourErrors = (share: number, p: number) =>
  expect(Math.abs(share - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / COUNT) + 1e-12)

for (const { theta, size, table } of SCIPY) {
  test(`200,000 draws of theta ${theta} over 1..${size} meet scipy.stats.zipfian 1.17.1 within four standard errors`, () => {
    const values = drawMany(theta, 1, size, false)
    for (const [rank, pmf, cdf] of table) {
      withinFourErrors(values.filter((value) => value === rank).length / COUNT, pmf)
      withinFourErrors(values.filter((value) => value <= rank).length / COUNT, cdf)
    }
  })
}

test('with a minimum the same ranks come, moved', () => {
  expect(drawMany(0.99, 101, 200, false)).toEqual(drawMany(0.99, 1, 100, false).map((value) => value + 100))
})

test('scrambling keeps how likely the ranks are and spreads the likely values over the range', () => {
  const counts = new Map<number, number>()
  for (const value of drawMany(0.99, 1, 1000, true)) counts.set(value, (counts.get(value) ?? 0) + 1)
  const byCount = [...counts].sort((a, b) => b[1] - a[1])
  withinFourErrors(byCount[0]![1] / COUNT, 0.1293836269785717)
  withinFourErrors(byCount[1]![1] / COUNT, 0.0651417806362705)
  withinFourErrors(byCount[2]![1] / COUNT, 0.04360429601586872)
  const popular = byCount.slice(0, 20).map(([value]) => value)
  expect(Math.min(...popular)).toBeLessThan(250)
  expect(Math.max(...popular)).toBeGreaterThan(750)
})

test('which values scrambling makes popular follows from the seed', () => {
  const mode = (seed: number) => {
    const counts = new Map<number, number>()
    for (const value of drawMany(2, 1, 1000, true, seed)) counts.set(value, (counts.get(value) ?? 0) + 1)
    return [...counts].sort((a, b) => b[1] - a[1])[0]![0]
  }
  expect(mode(1)).toBe(mode(1))
  expect(new Set([1, 2, 3, 4].map(mode)).size).toBeGreaterThan(1)
})

test('draws are integers of the range for any range and exponent', () => {
  const cases = fc.tuple(
    fc.integer({ min: -1000, max: 1000 }),
    fc.nat({ max: 1e12 }),
    fc.oneof(fc.constantFrom(0, 1, 1 - 1e-13, 1 + 1e-13, 40), fc.double({ min: 0, max: 5, noNaN: true })),
    fc.boolean(),
  )
  fc.assert(
    fc.property(cases, ([min, width, theta, scramble]) => {
      const max = min + width
      const sample = createZipfSampler(createRandomStream(1), { min, max, theta, scramble })
      for (let i = 0; i < 20; i++) {
        const value = sample()
        expect(Number.isInteger(value) && value >= min && value <= max).toBe(true)
      }
    }),
  )
})

test('bad ranges and exponents are refused', () => {
  const good = { min: 1, max: 10, theta: 1, scramble: false }
  for (const bad of [{ min: 1.5 }, { max: 0 }, { theta: -0.1 }, { theta: Number.NaN }, { max: 2 ** 60 }]) {
    expect(() => createZipfSampler(createRandomStream(1), { ...good, ...bad })).toThrow(RangeError)
  }
})
