/** One run of one client in a process of its own: the first message says which and how, the answer is what it saw. */
import type { ClientSetup } from './client-run.ts'
import { CLIENTS } from './clients.ts'
import { requestsOfAutocannon } from './requests/autocannon.ts'
import { requestsOfMetron } from './requests/metron.ts'
import type { RequestsSetup } from './requests-run.ts'

export type ClientTask =
  | { readonly reads: string; readonly setup: ClientSetup }
  | { readonly asks: 'metron' | 'autocannon'; readonly setup: RequestsSetup }

function run(task: ClientTask): Promise<unknown> {
  if ('reads' in task) return CLIENTS.find(({ kind }) => kind === task.reads)!.run(task.setup)
  return (task.asks === 'metron' ? requestsOfMetron : requestsOfAutocannon)(task.setup)
}

process.once('message', async (task: ClientTask) => {
  process.send!(await run(task), () => process.disconnect())
})
