import { createWaitingQueue, type WaitingQueue } from './waiting-queue.ts'

/**
 * An empty queue in the order of deadlines, equal ones in that of their submission. What has not arrived yet comes after
 * all that has, so that nobody is passed over for somebody who is not there.
 */
export function createDeadlineQueue<Item extends { readonly arrivalNs: number; readonly order: number }>(
  deadlineNs: (item: Item) => number,
): WaitingQueue<Item> {
  const expected = createWaitingQueue<Item>()
  const arrived: { readonly item: Item; readonly dueNs: number }[] = []

  function insert(item: Item): void {
    const dueNs = deadlineNs(item)
    let low = 0
    let high = arrived.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = arrived[middle]!
      if (other.dueNs < dueNs || (other.dueNs === dueNs && other.item.order < item.order)) low = middle + 1
      else high = middle
    }
    arrived.splice(low, 0, { item, dueNs })
  }

  return {
    get length() {
      return arrived.length + expected.length
    },
    at: (position) =>
      position < arrived.length ? arrived[position]!.item : expected.at(position - arrived.length),
    push: (item) => expected.push(item),
    giveBack: insert,
    remove(item) {
      const index = arrived.findIndex((other) => other.item === item)
      if (index < 0) return expected.remove(item)
      arrived.splice(index, 1)
      return true
    },
    settle(nowNs) {
      for (let item = expected.at(0); item !== undefined && item.arrivalNs <= nowNs; item = expected.at(0)) {
        expected.remove(item)
        insert(item)
      }
    },
  }
}
