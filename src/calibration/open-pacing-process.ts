import { fork } from 'node:child_process'
import { once } from 'node:events'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MetronError } from '../errors/metron-error.ts'

/** A reference server that runs in another process than its client. */
export interface PacingProcess {
  /** API root, such as `http://127.0.0.1:41234/v1`. */
  readonly url: string
  readonly port: number
  /** Resolves when the process has ended. */
  close(): Promise<void>
}

/**
 * Starts the reference server in a process of its own, from source (`.ts`) as well as from the built package (`.js`).
 *
 * @throws MetronError `run-failed` when it ends before it listens
 */
export async function openPacingProcess(): Promise<PacingProcess> {
  const extension = extname(import.meta.url)
  const child = fork(fileURLToPath(new URL(`pacing-process${extension}`, import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const first = await Promise.race([once(child, 'message') as Promise<[number]>, ended])
  if (child.exitCode !== null || child.signalCode !== null)
    throw new MetronError('run-failed', 'the reference server ended before it listened')
  const [port] = first as [number]
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    async close() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
