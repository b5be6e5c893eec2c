/** Things in the order in which they are due: a binary heap, logarithmic time a change. */
export class DueQueue<T extends { dueNs: number }> {
  readonly #heap: T[] = []

  get size(): number {
    return this.#heap.length
  }

  /** The one that is due first; `undefined` when there is none. */
  get first(): T | undefined {
    return this.#heap[0]
  }

  add(item: T): void {
    this.#heap.push(item)
    this.#up(this.#heap.length - 1)
  }

  /** The first one's `dueNs` has grown: finds its new place. */
  postponed(): void {
    this.#down(0)
  }

  removeFirst(): void {
    const last = this.#heap.pop()
    if (this.#heap.length === 0 || last === undefined) return
    this.#heap[0] = last
    this.#down(0)
  }

  #up(from: number): void {
    const heap = this.#heap
    const item = heap[from]!
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heap[parent]!.dueNs <= item.dueNs) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = item
  }

  #down(from: number): void {
    const heap = this.#heap
    const item = heap[from]!
    let at = from
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]!.dueNs < heap[child]!.dueNs) child += 1
      if (heap[child]!.dueNs >= item.dueNs) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = item
  }
}
