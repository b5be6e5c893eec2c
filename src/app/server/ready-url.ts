import { connect } from 'node:net'
import { MetronError } from '../../errors/metron-error.ts'

/** Whatever answers there already would be measured in the place of the new server. */
export async function refuseBusyPort({ hostname, port, protocol }: URL): Promise<void> {
  const number = Number(port) || (protocol === 'https:' ? 443 : 80)
  const isBusy = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: number, timeout: 2000 })
    const settle = (value: boolean) => {
      socket.destroy()
      resolve(value)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false)).once('timeout', () => settle(false))
  })
  if (isBusy)
    throw new MetronError('bad-config', `something listens on ${hostname}:${number} already`, {
      hint: 'Stop it or choose another port; leave out server.command to measure what is running.',
    })
}

/** Any answer but a server error: a server that asks for a key is ready, too. */
export async function answers(url: URL): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000), redirect: 'manual' })
    await response.body?.cancel()
    return response.status < 500
  } catch {
    return false
  }
}
