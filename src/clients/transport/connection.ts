import { Socket } from 'node:net'
import { type buildConnector, type Dispatcher, Client as HttpClient } from 'undici'
import type { Clock } from '../../clock/clock.ts'
import { tellArrivals } from './direct-reads.ts'

/** What every connection of one client shares. */
export interface ConnectionOptions {
  readonly origin: string
  readonly clock: Clock
  readonly connector: buildConnector.connector
  readonly http: HttpClient.Options
}

/**
 * A place for one HTTP/1.1 connection at a time: connects when a request needs it, keeps the socket for the next, and
 * connects again when the socket is gone. Measures its own connecting.
 */
export class Connection {
  readonly #http: HttpClient
  #socket: Socket | null = null
  #connectNs: number | null = null
  #connects = 0
  #readNs = 0

  constructor({ origin, clock, connector, http }: ConnectionOptions) {
    this.#http = new HttpClient(origin, {
      ...http,
      connect: (options, callback) => {
        const startNs = clock.nowNs()
        this.#connects += 1
        const opening: unknown = connector(options, (...result) => {
          const [error, socket] = result
          if (error === null) {
            this.#connectNs = clock.nowNs() - startNs
            tellArrivals(socket, () => {
              this.#readNs = clock.nowNs()
            })
          }
          callback(...result)
        })
        // The connector's type hides that it returns the socket; without it, giving up could only wait.
        if (opening instanceof Socket) this.#socket = opening
      },
    })
  }

  /** Whether a socket is there (it may be closing unseen). */
  get isOpen(): boolean {
    return this.#socket !== null && !this.#socket.destroyed
  }

  /**
   * When the socket was last found readable: the arrival of what is being parsed. One read may hold many HTTP chunks,
   * which the HTTP layer gives out one after the other; taking the time at each would count its parsing as waiting.
   */
  get readNs(): number {
    return this.#readNs
  }

  /** How many times connecting was begun. Unchanged since dispatch: the request had a kept-alive connection. */
  get connects(): number {
    return this.#connects
  }

  /** TCP + TLS set-up time, to the first request that asks; `null` to every later one. */
  takeConnectNs(): number | null {
    const connectNs = this.#connectNs
    this.#connectNs = null
    return connectNs
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#http.dispatch(options, handler)
  }

  /** Destroys the socket, connecting or connected; a request under way gets its error. */
  destroy(): void {
    this.#http.destroy().catch(() => {})
    this.#socket?.destroy()
  }

  /** Resolves when the socket is closed. No request may be under way. */
  close(): Promise<void> {
    return this.#http.close()
  }
}
