import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWaitingQueue } from './waiting-queue.ts'

test('behaves like a plain array under pushes and removals', () => {
  const operation = fc.oneof(
    fc.constant({ kind: 'push' as const, at: 0 }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.oneof(fc.constant(0), fc.nat(5)) }),
  )
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
      const queue = createWaitingQueue<{ id: number }>()
      const oracle: { id: number }[] = []
      operations.forEach(({ kind, at }, id) => {
        if (kind === 'push') {
          const item = { id }
          queue.push(item)
          oracle.push(item)
        } else {
          const item = oracle[at]
          expect(queue.remove(item ?? { id: -1 })).toBe(item !== undefined)
          if (item !== undefined) oracle.splice(at, 1)
        }
        expect(queue.length).toBe(oracle.length)
        expect(oracle.every((item, position) => queue.at(position) === item)).toBe(true)
        expect(queue.at(oracle.length)).toBeUndefined()
      })
    }),
  )
})

test('keeps its order while thousands pass through it', () => {
  const queue = createWaitingQueue<{ id: number }>()
  let next = 0
  for (let id = 0; id < 10_000; id++) {
    queue.push({ id })
    if (id % 3 === 0) continue
    const first = queue.at(0)!
    expect(first.id).toBe(next++)
    queue.remove(first)
  }
  expect(queue.length).toBe(10_000 - next)
})
