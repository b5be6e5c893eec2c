import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { ClientRun, ClientSetup } from './client-run.ts'

/** Runs a client of {@link CLIENTS} once, in a process of its own. */
export async function runClient(kind: string, setup: ClientSetup): Promise<ClientRun> {
  const child = fork(new URL('client-process.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exit = once(child, 'exit')
  child.send({ kind, setup })
  const message = once(child, 'message') as Promise<[ClientRun]>
  const result = await Promise.race([message, exit.then(() => null)])
  if (result === null) throw new Error(`the client ${kind} ended without a result`)
  await exit
  return result[0]
}
