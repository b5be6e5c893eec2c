/** One run of one client in a process of its own: the first message says which and how, the answer is what it saw. */
import type { ClientSetup } from './client-run.ts'
import { CLIENTS } from './clients.ts'

process.once('message', async ({ kind, setup }: { kind: string; setup: ClientSetup }) => {
  process.send!(await CLIENTS.find((client) => client.kind === kind)!.run(setup), () => process.disconnect())
})
