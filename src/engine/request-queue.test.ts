import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RequestQueue } from './request-queue.ts'

test('gives requests back in the order in which they came', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant('take'), fc.integer({ min: 1, max: 900 })), { maxLength: 30 }),
      (steps) => {
        const queue = new RequestQueue()
        const expected: number[] = []
        let id = 0
        for (const step of steps) {
          if (step === 'take') {
            expect(queue.peek()?.id).toBe(expected[0])
            expect(queue.take()?.id).toBe(expected.shift())
          } else {
            const ids = Array.from({ length: Number(step) }, () => id++)
            queue.add(
              ids.map((each) => ({ id: each, dueNs: 0, prompt: '', promptTokens: 1, outputTokens: 1 })),
            )
            expected.push(...ids)
          }
          expect(queue.size).toBe(expected.length)
        }
      },
    ),
  )
})
