import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DueQueue } from './due-queue.ts'

test('serves items in the order of sorting, also while they are put off', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1 }), fc.nat(300), (dues, delay) => {
      const queue = new DueQueue<{ dueNs: number; left: number }>()
      for (const dueNs of dues) queue.add({ dueNs, left: 3 })
      const served: number[] = []
      for (let item = queue.first; item !== undefined; item = queue.first) {
        served.push(item.dueNs)
        item.left -= 1
        item.dueNs += delay
        if (item.left === 0) queue.removeFirst()
        else queue.postponed()
      }
      const expected = dues.flatMap((dueNs) => [dueNs, dueNs + delay, dueNs + 2 * delay])
      expect(served).toEqual(expected.sort((a, b) => a - b))
      expect(queue.size).toBe(0)
    }),
  )
})

test('an empty queue has no first item', () => {
  const queue = new DueQueue<{ dueNs: number }>()
  queue.removeFirst()
  expect(queue.first).toBeUndefined()
})
