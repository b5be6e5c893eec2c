/** What a policy sees of the requests that wait: first come, first. */
export interface WaitingView<Item> {
  readonly length: number
  /** The item at `position` from the head, `undefined` past the end. */
  at(position: number): Item | undefined
}

/** A queue with removal: constant time at the head, linear elsewhere. */
export interface WaitingQueue<Item> extends WaitingView<Item> {
  push(item: Item): void
  /** `false` when the item is not in the queue. */
  remove(item: Item): boolean
}

const COMPACT_AFTER = 1024

/** An empty queue. */
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
