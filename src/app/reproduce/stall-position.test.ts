import { expect, test } from 'vitest'
import { stallPosition } from './stall-position.ts'

test('the six numbers are those printed in arXiv 2507.09019', () => {
  const { comparisons, agreement } = stallPosition()
  expect(comparisons.map(({ here }) => Number(here!.toFixed(2)))).toEqual([40, 40, 46, 46, 0.95, 1])
  expect(agreement).toBe('agree')
})

test('both pictured answers end with the same token at the same moment: they are the same gaps', () => {
  const [picture] = stallPosition().pictures
  if (picture?.kind !== 'curves') throw new Error('no curves')
  const [early, late] = picture.series
  // 19 gaps of 40 ms and one of 160 ms.
  expect(early!.points.at(-1)).toEqual([0.92, 20])
  expect(late!.points.at(-1)).toEqual([0.92, 20])
  expect(early!.points[1]).toEqual([0.16, 1])
})
