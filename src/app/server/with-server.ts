import type { Config } from '../../config/config-schema.ts'
import type { BenchHooks } from '../bench-hooks.ts'
import { type StartedServer, startServer } from './start-server.ts'

/**
 * Does a job against the server of the config: when it says how to start one, that is started before and stopped after, whatever
 * happens; when the server ends in the middle, the job is aborted, may write what it has, and then fails with the reason.
 *
 * @throws MetronError as `startServer` and the job
 */
export async function withServer<T>(
  config: Config,
  hooks: BenchHooks,
  job: (hooks: BenchHooks, server: StartedServer | null) => Promise<T>,
): Promise<T> {
  const { command } = config.server
  if (command === null) return job(hooks, null)
  hooks.onStage?.('Starting the server')
  const server = await startServer(config, command, hooks)
  const abort = hooks.abort === undefined ? server.died : AbortSignal.any([hooks.abort, server.died])
  try {
    const result = await job({ ...hooks, abort }, server).catch((error: unknown) => {
      server.died.throwIfAborted()
      throw error
    })
    server.died.throwIfAborted()
    return result
  } finally {
    hooks.onStage?.('Stopping the server')
    await server.stop()
  }
}
