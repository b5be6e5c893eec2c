import { parentPort, workerData } from 'node:worker_threads'
import { MetronError } from '../errors/metron-error.ts'
import type { ServerInput } from '../simulator/http/server-options.ts'
import { startSimulatorServer } from '../simulator/http/start-simulator-server.ts'
import { loadBuiltinTokenizer } from '../tokens/builtin-tokenizer.ts'
import type { FromEngineThread, ToEngineThread } from './embedded-engine.ts'

const port = parentPort!
const reply = (message: FromEngineThread): void => port.postMessage(message)

try {
  const tokenizer = await loadBuiltinTokenizer()
  const server = await startSimulatorServer(workerData as ServerInput, {
    countTokens: (text) => tokenizer.count(text),
    encode: (text) => tokenizer.encode(text),
  })
  port.on('message', (message: ToEngineThread) => {
    if (message === 'ground-truth') reply({ kind: 'ground-truth', entries: server.groundTruth() })
    else void server.close().then(() => port.close())
  })
  reply({ kind: 'listening', url: server.url })
} catch (error) {
  const known = error instanceof MetronError ? error : new MetronError('run-failed', String(error))
  reply({
    kind: 'failed',
    code: known.code,
    message: known.message,
    ...(known.hint === undefined ? {} : { hint: known.hint }),
  })
}
