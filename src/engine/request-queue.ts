import type { EngineRequest } from './request.ts'

/** First in, first out, in constant time a request. */
export class RequestQueue {
  #items: EngineRequest[] = []
  #next = 0

  get size(): number {
    return this.#items.length - this.#next
  }

  add(requests: readonly EngineRequest[]): void {
    for (const request of requests) this.#items.push(request)
  }

  peek(): EngineRequest | undefined {
    return this.#items[this.#next]
  }

  take(): EngineRequest | undefined {
    const request = this.#items[this.#next]
    if (request === undefined) return undefined
    this.#next += 1
    if (this.#next === this.#items.length) {
      this.#items = []
      this.#next = 0
    } else if (this.#next >= 1024) {
      this.#items = this.#items.slice(this.#next)
      this.#next = 0
    }
    return request
  }
}
