import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface RealEngineOptions {
  /** How many requests are decoded at once; more wait in line. 4 unless told. */
  readonly slots?: number
  /** Most tokens in one pass through the model; a prompt longer than that is read in pieces. 2,048 unless told. */
  readonly batchTokens?: number
  /** Longest prompt and answer together. 8,192 unless told. */
  readonly contextTokens?: number
}

/** A running server with a real engine behind it, in a process of its own. */
export interface RealEngine {
  /** Base address without a path, for example `http://127.0.0.1:41234`. */
  readonly url: string
  readonly model: string
  /** Ends the process and waits until it is gone. */
  stop(): Promise<void>
}

/**
 * Starts the server and waits until it is warm, a second or two.
 * Throws with what the server wrote to stderr when it ends before it is ready.
 */
export async function startRealEngine(options: RealEngineOptions = {}): Promise<RealEngine> {
  const { slots = 4, batchTokens = 2_048, contextTokens = 8_192 } = options
  const args = ['--slots', slots, '--batch', batchTokens, '--context', contextTokens].map(String)
  const child = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), args, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  })
  const exited = once(child, 'exit')
  let complaint = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const lines = createInterface({ input: child.stdout! })
  const ready = await Promise.race([once(lines, 'line'), exited.then(() => undefined)])
  if (ready === undefined) throw new Error(`the real engine did not start: ${complaint.trim()}`)
  const { url, model } = JSON.parse(String(ready[0])) as { url: string; model: string }
  return {
    url,
    model,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
