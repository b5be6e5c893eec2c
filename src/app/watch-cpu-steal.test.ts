import { expect, test } from 'vitest'
import { watchCpuSteal } from './watch-cpu-steal.ts'

const stat = (...ticks: number[]): string => `cpu  ${ticks.join(' ')}\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 5\n`

function share(before: string, after: string): number | null {
  const answers = [before, after]
  return watchCpuSteal(() => answers.shift()!)()
}

test('the share is the steal among all ticks between two readings, those of guests not counted twice', () => {
  expect(share(stat(100, 0, 50, 800, 10, 5, 5, 30, 40, 0), stat(130, 0, 60, 840, 10, 5, 5, 50, 70, 0))).toBe(
    0.2,
  )
  expect(share(stat(1, 0, 0, 9, 0, 0, 0, 3, 0, 0), stat(2, 0, 0, 18, 0, 0, 0, 3, 0, 0))).toBe(0)
})

test('without a second tick, a readable file or the column there is no share', () => {
  const same = stat(1, 0, 0, 9, 0, 0, 0, 3, 0, 0)
  expect(share(same, same)).toBeNull()
  expect(share('cpu  1 2 3 4\n', 'cpu  2 3 4 5\n')).toBeNull()
  expect(
    watchCpuSteal(() => {
      throw new Error('no such file')
    })(),
  ).toBeNull()
})

test('this machine tells a share or nothing', () => {
  const stop = watchCpuSteal()
  const value = stop()
  if (value !== null) expect(value).toBeLessThanOrEqual(1)
})
