/** What a policy sees of the requests that wait: the one to admit first, first. */
export interface WaitingView<Item> {
  readonly length: number
  /** The item at `position` from the head, `undefined` past the end. */
  at(position: number): Item | undefined
}

/** A queue with removal: constant time at the head, linear elsewhere. */
export interface WaitingQueue<Item> extends WaitingView<Item> {
  push(item: Item): void
  /** Puts an item back that has been here before. */
  giveBack(item: Item): void
  /** `false` when the item is not in the queue. */
  remove(item: Item): boolean
  /** Where the order is not that of arrivals: puts what has arrived by then in its place. */
  settle?(nowNs: number): void
}

const COMPACT_AFTER = 1024

/** An empty queue: first come, first; what is given back comes before all. */
export function createWaitingQueue<Item>(): WaitingQueue<Item> {
  // items:  | gone | gone | first | second | ...
  //                        ^ head
  let items: (Item | undefined)[] = []
  let head = 0
  return {
    get length() {
      return items.length - head
    },
    at: (position) => items[head + position],
    push(item) {
      items.push(item)
    },
    giveBack(item) {
      if (head > 0) items[--head] = item
      else items.unshift(item)
    },
    remove(item) {
      const index = items[head] === item ? head : items.indexOf(item, head)
      if (index < 0) return false
      if (index === head) items[head++] = undefined
      else items.splice(index, 1)
      if (head > COMPACT_AFTER && head * 2 > items.length) {
        items = items.slice(head)
        head = 0
      }
      return true
    },
  }
}
