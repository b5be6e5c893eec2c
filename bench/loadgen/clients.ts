import type { ClientRun, ClientSetup } from './client-run.ts'
import { runBare, runBareDirect } from './clients/bare.ts'
import { runFetch } from './clients/fetch.ts'
import { runMetron } from './clients/metron.ts'
import { runOpenai } from './clients/openai.ts'

interface ComparedClient {
  readonly kind: string
  readonly title: string
  /** Needs the packages beside this file. */
  readonly isPeer?: boolean
  readonly run: (setup: ClientSetup) => Promise<ClientRun>
}

/** All clients that are compared; the only list. */
export const CLIENTS: readonly ComparedClient[] = [
  { kind: 'bare', title: 'bare sockets, `data` events', run: runBare },
  { kind: 'bare-direct', title: 'bare sockets, one buffer', run: runBareDirect },
  { kind: 'metron', title: 'Metron', run: runMetron },
  { kind: 'fetch', title: "node's `fetch`", run: runFetch },
  { kind: 'openai', title: '`openai` SDK', isPeer: true, run: runOpenai },
]
