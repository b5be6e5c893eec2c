/** A stamping thread made of the parts that a run uses, whose CPU is measured over a window. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { chatCompletions } from '../../src/clients/openai/chat-completions.ts'
import { createUndiciClient } from '../../src/clients/transport/undici-client.ts'
import { createMonotonicClock } from '../../src/clock/monotonic-clock.ts'
import { serveStampingThread } from '../../src/engine/serve-thread.ts'
import type { ToStampingThread } from '../../src/engine/thread-messages.ts'
import { measureWindow, type Window } from './measure-window.ts'

export interface MetronThreadData {
  readonly origin: string
  readonly window: Window
  /** Gets the `WindowCpu`. */
  readonly result: MessagePort
}

const { origin, window, result } = workerData as MetronThreadData
const shard = {
  worker: 0,
  users: null,
  maxConcurrency: null,
  durationNs: null,
  drainNs: 60e9,
  requestTimeoutNs: 600e9,
}
const wire = { basePath: '/v1', model: 'paced', headers: {}, accepts: [], extraBody: {} }

parentPort!.on('message', (message: ToStampingThread) => {
  if (message.kind !== 'start') return
  void measureWindow(createMonotonicClock(message.zeroNs), window).then((cpu) => {
    result.postMessage(cpu)
    result.close()
  })
})
serveStampingThread(parentPort!, shard, {
  createClient: (clock) =>
    createUndiciClient({
      origin,
      clock,
      connectTimeoutNs: 10e9,
      headersTimeoutNs: 600e9,
      streamTimeoutNs: 300e9,
    }),
  encode: (request) => chatCompletions.encode(request, wire),
})
