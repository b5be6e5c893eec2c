import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDeadlineQueue } from './deadline-queue.ts'

interface Item {
  readonly arrivalNs: number
  readonly order: number
  readonly dueNs: number
}

test('the head is the arrived item with the earliest deadline, by a slow sort', () => {
  const operation = fc.oneof(
    fc.record({ kind: fc.constant('push' as const), value: fc.nat(9) }),
    fc.record({ kind: fc.constant('settle' as const), value: fc.nat(9) }),
    fc.record({ kind: fc.constant('remove' as const), value: fc.nat(4) }),
    fc.record({ kind: fc.constant('give back' as const), value: fc.nat(4) }),
  )
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 80 }), (operations) => {
      const queue = createDeadlineQueue<Item>(({ dueNs }) => dueNs)
      const inside = new Set<Item>()
      const outside: Item[] = []
      let nowNs = 0
      operations.forEach(({ kind, value }, order) => {
        if (kind === 'push') {
          const item = { arrivalNs: nowNs + 2, order, dueNs: value }
          queue.push(item)
          inside.add(item)
        } else if (kind === 'settle') {
          nowNs += value
          queue.settle!(nowNs)
        } else if (kind === 'remove') {
          const item = queue.at(value)
          if (item === undefined) return
          expect(queue.remove(item)).toBe(true)
          expect(queue.remove(item)).toBe(false)
          inside.delete(item)
          if (item.arrivalNs <= nowNs) outside.push(item)
        } else {
          const item = outside.pop()
          if (item === undefined) return
          queue.giveBack(item)
          inside.add(item)
        }
        const arrived = [...inside].filter((item) => item.arrivalNs <= nowNs)
        arrived.sort((a, b) => a.dueNs - b.dueNs || a.order - b.order)
        expect(Array.from({ length: arrived.length }, (_, at) => queue.at(at))).toEqual(arrived)
        expect(queue.length).toBe(inside.size)
        expect(queue.at(queue.length)).toBeUndefined()
      })
    }),
  )
})
