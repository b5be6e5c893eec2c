import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { ClientTask } from './client-process.ts'
import type { ClientRun, ClientSetup } from './client-run.ts'
import type { RequestsRun, RequestsSetup } from './requests-run.ts'

/** Reads paced streams once with one of `CLIENTS`, in a process of its own. */
export function runClient(kind: string, setup: ClientSetup): Promise<ClientRun> {
  return runTask({ reads: kind, setup }) as Promise<ClientRun>
}

/** Sends requests one after the other on each connection, in a process of its own. */
export function runRequests(asks: 'metron' | 'autocannon', setup: RequestsSetup): Promise<RequestsRun> {
  return runTask({ asks, setup }) as Promise<RequestsRun>
}

async function runTask(task: ClientTask): Promise<unknown> {
  const child = fork(new URL('client-process.ts', import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exit = once(child, 'exit')
  const message = once(child, 'message')
  child.send(task)
  const result = await Promise.race([message, exit.then(() => null)])
  if (result === null) throw new Error(`the client ended without a result: ${JSON.stringify(task)}`)
  await exit
  return result[0]
}
