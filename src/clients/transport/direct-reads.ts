import { type OnReadOpts, Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

const ON_ARRIVAL = Symbol('on arrival')
const ARRIVED = Symbol('arrived')

interface DirectSocket extends Socket {
  [ON_ARRIVAL]?: () => void
  /** What has just arrived, until somebody reads it; only within a socket callback. */
  [ARRIVED]?: Buffer | null
}

/**
 * Sockets of one thread are read one after the other: one buffer serves all. What arrived leaves it as a copy, because
 * the HTTP layer keeps parts of a head whose end has not come yet.
 */
const BUFFER = Buffer.allocUnsafeSlow(64 * 1024)

/**
 * The `onread` option of plain sockets whose `'readable'` listeners get what arrives within the socket callback itself:
 * no queue and no later tick for each read. Listeners call `socket.read()` until it gives `null`. What nobody reads at
 * once goes the ordinary way.
 */
export const DIRECT_READS: OnReadOpts = {
  buffer: BUFFER,
  callback(this: DirectSocket, bytes: number) {
    this[ON_ARRIVAL]?.()
    this[ARRIVED] = Buffer.from(BUFFER.subarray(0, bytes))
    this.emit('readable')
    const left = this[ARRIVED]
    this[ARRIVED] = null
    if (left !== null) this.push(left)
    return true
  },
}

/**
 * Has `onArrival` called whenever bytes have come, ahead of all parsing: of a plain socket with {@link DIRECT_READS}
 * first of all, of TLS once they are decrypted. To be called when the socket has just connected, before the HTTP layer
 * listens.
 */
export function tellArrivals(socket: Socket, onArrival: () => void): void {
  if (socket instanceof TLSSocket) {
    socket.on('readable', onArrival)
    return
  }
  Object.assign(socket, { [ON_ARRIVAL]: onArrival, read })
}

function read(this: DirectSocket, size?: number): unknown {
  const arrived = this[ARRIVED]
  // What the ordinary way still holds came before.
  if (arrived == null || this.readableLength > 0) return Socket.prototype.read.call(this, size)
  this[ARRIVED] = null
  return arrived
}
