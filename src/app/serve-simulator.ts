import { closeSync, openSync, writeSync } from 'node:fs'
import { MetronError } from '../errors/metron-error.ts'
import type { ServerInput } from '../simulator/http/server-options.ts'
import { type SimulatorServer, startSimulatorServer } from '../simulator/http/start-simulator-server.ts'
import { loadBuiltinTokenizer } from '../tokens/builtin-tokenizer.ts'

/**
 * Serves the simulator alone, on this thread. `logPath`: file that gets the ground truth of each request as it ends.
 *
 * @throws MetronError `bad-config`, `cannot-write`, or `run-failed` when the address cannot be listened on
 */
export async function serveSimulator(options: ServerInput, logPath: string | null): Promise<SimulatorServer> {
  const tokenizer = await loadBuiltinTokenizer()
  const log = logPath === null ? null : openLog(logPath)
  const server = await startSimulatorServer(
    { ...options, keepGroundTruth: false },
    {
      countTokens: (text) => tokenizer.count(text),
      encode: (text) => tokenizer.encode(text),
      ...(log === null ? {} : { writeGroundTruth: (line) => writeSync(log, line) }),
    },
  )
  return {
    ...server,
    async close() {
      await server.close()
      if (log !== null) closeSync(log)
    },
  }
}

function openLog(path: string): number {
  try {
    return openSync(path, 'a')
  } catch (cause) {
    throw new MetronError('cannot-write', `cannot write the log ${path}: ${(cause as Error).message}`, {
      hint: 'Give a writable file with --log.',
      cause,
    })
  }
}
