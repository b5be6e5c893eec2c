import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandomStream } from './create-random-stream.ts'
import type { RandomStream } from './random-stream.ts'

const draw = (stream: RandomStream, count = 5) => Array.from({ length: count }, () => stream.uniform())

test('the same seed gives the same numbers and another seed gives others', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (seed, other) => {
      expect(draw(createRandomStream(seed))).toEqual(draw(createRandomStream(seed)))
      if (seed !== other) expect(draw(createRandomStream(seed))).not.toEqual(draw(createRandomStream(other)))
    }),
  )
})

test('the numbers of seed 1 have not changed since the first release', () => {
  expect(draw(createRandomStream(1), 3)).toMatchInlineSnapshot(`
    [
      0.5682805317367172,
      0.5586733655494472,
      0.7404599569409405,
    ]
  `)
  expect(draw(createRandomStream(1).split('arrivals').split(7), 3)).toMatchInlineSnapshot(`
    [
      0.7723877268821935,
      0.9319529457904757,
      0.7868827269592694,
    ]
  `)
})

test('a child depends on the seed and its label only, not on numbers drawn or on other children', () => {
  const fresh = draw(createRandomStream(9).split('child'))
  const used = createRandomStream(9)
  draw(used, 100)
  draw(used.split('sibling'))
  expect(draw(used.split('child'))).toEqual(fresh)
})

test('splitting does not advance the parent', () => {
  const parent = createRandomStream(9)
  parent.split('child').uniform()
  expect(draw(parent)).toEqual(draw(createRandomStream(9)))
})

test('labels that look alike name different streams', () => {
  const root = createRandomStream(3)
  const streams = [
    root,
    root.split(1),
    root.split('1'),
    root.split(1).split(1),
    root.split(11),
    root.split(''),
  ]
  streams.push(
    root.split('ab'),
    root.split('a').split('b'),
    root.split(1.5),
    root.split(2 ** 40),
    root.split('11'),
  )
  expect(new Set(streams.map((stream) => stream.uniform())).size).toBe(streams.length)
  expect(draw(root.split(-0))).toEqual(draw(root.split(0)))
})

// Chi-square of 64 bins; scipy 1.17.1: chi2.ppf(0.999, 63) = 103.44.
const chiSquare = (uniforms: number[]): number => {
  const bins = new Array(64).fill(0)
  for (const u of uniforms) bins[Math.floor(u * 64)]++
  const expected = uniforms.length / 64
  return bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

test('a stream is uniform by a chi-square test at 0.1 %', () => {
  const uniforms = draw(createRandomStream(2), 64_000)
  expect(chiSquare(uniforms)).toBeLessThan(103.44)
  expect(uniforms.every((u) => u >= 0 && u < 1)).toBe(true)
})

test('the first numbers of 64,000 numbered children, and of 64,000 seeds, are uniform by the same test', () => {
  const root = createRandomStream(2)
  const children = Array.from({ length: 64_000 }, (_, id) => root.split(id).uniform())
  const seeds = Array.from({ length: 64_000 }, (_, seed) => createRandomStream(seed).uniform())
  expect(chiSquare(children)).toBeLessThan(103.44)
  expect(chiSquare(seeds)).toBeLessThan(103.44)
})

test('neighbouring children and neighbouring seeds are uncorrelated within four standard errors', () => {
  const count = 40_000
  const correlation = (numbers: number[]) => {
    let sum = 0
    for (let i = 1; i < numbers.length; i++) sum += (numbers[i]! - 0.5) * (numbers[i - 1]! - 0.5)
    return (12 * sum) / (numbers.length - 1)
  }
  const root = createRandomStream(4)
  const children = Array.from({ length: count }, (_, id) => root.split(id).uniform())
  const seeds = Array.from({ length: count }, (_, seed) => createRandomStream(seed).uniform())
  expect(Math.abs(correlation(children))).toBeLessThan(4 / Math.sqrt(count))
  expect(Math.abs(correlation(seeds))).toBeLessThan(4 / Math.sqrt(count))
})
