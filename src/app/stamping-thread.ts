import { parentPort, workerData } from 'node:worker_threads'
import { createUndiciClient } from '../clients/transport/undici-client.ts'
import { serveStampingThread } from '../engine/serve-thread.ts'
import type { ShardOptions } from '../engine/shard.ts'
import { EXTENSIONS, extensionOf } from './extensions.ts'
import type { ReadyTarget } from './target.ts'

/** What a stamping thread is started with. */
export interface StampingThreadData {
  readonly shard: ShardOptions
  readonly target: ReadyTarget
}

const { shard, target } = workerData as StampingThreadData
const protocol = extensionOf(EXTENSIONS.protocols, target.protocol)
serveStampingThread(parentPort!, shard, {
  createClient: (clock) => createUndiciClient({ ...target.transport, clock }),
  encode: (request) => protocol.encode(request, target.wire),
})
