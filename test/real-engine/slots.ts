import type { BoundSequence } from './engine-binding.ts'

interface Waiter {
  readonly grant: (slot: BoundSequence) => void
}

/** The engine's sequences, handed out first come, first served; whoever finds none free waits in line. */
export class Slots {
  readonly total: number
  readonly #free: BoundSequence[]
  readonly #line = new Set<Waiter>()

  constructor(sequences: readonly BoundSequence[]) {
    this.total = sequences.length
    this.#free = [...sequences]
  }

  get busy(): number {
    return this.total - this.#free.length
  }

  get queued(): number {
    return this.#line.size
  }

  /** A free slot, as soon as there is one. Rejects with the signal's reason when the client leaves first. */
  take(signal: AbortSignal): Promise<BoundSequence> {
    signal.throwIfAborted()
    const free = this.#free.pop()
    if (free !== undefined) return Promise.resolve(free)
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#line.delete(waiter)
        reject(signal.reason)
      }
      const waiter: Waiter = {
        grant: (slot) => {
          signal.removeEventListener('abort', leave)
          resolve(slot)
        },
      }
      this.#line.add(waiter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** Forgets what the slot holds (no prefix is ever reused) and gives it to the next in line. */
  async release(slot: BoundSequence): Promise<void> {
    await slot.clearHistory()
    const [next] = this.#line
    if (next === undefined) {
      this.#free.push(slot)
      return
    }
    this.#line.delete(next)
    next.grant(slot)
  }
}
