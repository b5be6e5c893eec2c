import { once } from 'node:events'
import { MetronError } from '../errors/metron-error.ts'
import type { GroundTruth } from '../simulator/ground-truth.ts'
import type { ServerInput } from '../simulator/http/server-options.ts'
import { openThread } from './open-thread.ts'

export type ToEngineThread = 'ground-truth' | 'close'
export type FromEngineThread =
  | { readonly kind: 'listening'; readonly url: string }
  | { readonly kind: 'ground-truth'; readonly entries: readonly GroundTruth[] }
  | {
      readonly kind: 'failed'
      readonly code: MetronError['code']
      readonly message: string
      readonly hint?: string
    }

/** The simulator behind HTTP on a thread of its own. */
export interface EmbeddedEngine {
  /** API root, such as `http://127.0.0.1:41234/v1`. */
  readonly url: string
  /** What really happened to each request that has ended. */
  groundTruth(): Promise<readonly GroundTruth[]>
  close(): Promise<void>
}

/**
 * Starts the simulator on its own thread and event loop, so that it does not share one with the instrument.
 *
 * @throws MetronError when the options are wrong or the address cannot be listened on
 */
export async function startEmbeddedEngine(options: ServerInput = {}): Promise<EmbeddedEngine> {
  const thread = openThread('embedded-engine-thread', options)
  const [first] = (await once(thread, 'message')) as [FromEngineThread]
  if (first.kind === 'failed') {
    await thread.terminate()
    const { code, message, hint } = first
    throw new MetronError(code, message, hint === undefined ? {} : { hint })
  }
  if (first.kind !== 'listening') throw new MetronError('run-failed', 'the embedded engine did not start')
  const tell = (message: ToEngineThread): void => thread.postMessage(message)
  return {
    url: first.url,
    async groundTruth() {
      const reply = once(thread, 'message') as Promise<[FromEngineThread]>
      tell('ground-truth')
      const [message] = await reply
      return message.kind === 'ground-truth' ? message.entries : []
    },
    async close() {
      const gone = once(thread, 'exit')
      tell('close')
      await gone
    },
  }
}
