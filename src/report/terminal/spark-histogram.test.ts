import { expect, test } from 'vitest'
import type { CdfView } from '../view/chart-view.ts'
import { sparkHistogram } from './spark-histogram.ts'

const cdfOf = (values: readonly number[]): CdfView => ({
  id: 'tbt',
  label: 'TBT',
  unit: 'ns',
  better: 'lower',
  sample: 'gap',
  count: values.length,
  values,
  shares: values.map((_, i) => (i + 1) / values.length),
  marks: [],
  scale: 'log',
  reference: null,
  sampling: null,
})

test('no samples give nothing, equal samples one full block', () => {
  expect(sparkHistogram(cdfOf([]), 10)).toBe('')
  expect(sparkHistogram(cdfOf([5, 5, 5]), 10)).toBe('█')
  expect(sparkHistogram(cdfOf([0, 0]), 10)).toBe('█')
})

test('columns follow the logarithm, heights the share, and a single sample is still seen', () => {
  const values = [...new Array<number>(80).fill(1), ...new Array<number>(40).fill(10), 1000]
  expect(sparkHistogram(cdfOf(values), 4)).toBe('█▄ ▁')
})

test('zeros count in the first column', () => {
  expect(sparkHistogram(cdfOf([0, 0, 1, 100]), 2)).toBe('█▃')
})
