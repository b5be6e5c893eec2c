import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '../../config/config-schema.ts'
import { MetronError } from '../../errors/metron-error.ts'
import type { BenchHooks } from '../bench-hooks.ts'
import { hideSecrets } from '../secrets.ts'
import { logTail } from './log-tail.ts'
import { kill, untilGroupEnded } from './process-group.ts'
import { answers, refuseBusyPort } from './ready-url.ts'

const POLL_MS = 200
const SHORTEST_SECRET = 6

/** A server that runs because Metron started it. */
export interface StartedServer {
  /** Aborted when the server ends before it is stopped; the reason is a `MetronError` that says so. */
  readonly died: AbortSignal
  /** Moves its log, which goes on growing, into a folder as `server.log`. */
  moveLog(folder: string): void
  /** Asks the server's whole process group to end, ends it when it does not in time, and waits for that. Idempotent. */
  stop(): Promise<void>
}

/**
 * Starts the server of the config and waits until it answers.
 *
 * @throws MetronError `bad-config` without a URL or when something listens there already, `run-failed` when the server ends or does
 *   not answer in time, with the last lines of its log; nothing is left running
 */
export async function startServer(
  config: Config,
  command: string,
  hooks: Pick<BenchHooks, 'onStage' | 'stop' | 'env'>,
): Promise<StartedServer> {
  const { server, target, output } = config
  if (target.url === null)
    throw new MetronError('bad-config', 'server.command needs the URL at which that server will answer', {
      hint: 'Give it, such as http://localhost:8000/v1.',
    })
  const readyUrl = parseUrl(server.readyUrl ?? `${target.url.replace(/\/$/, '')}/models`)
  await refuseBusyPort(readyUrl)
  mkdirSync(output.runs, { recursive: true })
  let logPath = join(output.runs, `server-${process.pid}-${Date.now()}.log`)
  const log = openSync(logPath, 'a')
  const startedAtMs = performance.now()
  const child = spawn(command, {
    shell: true,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...(hooks.env ?? process.env), ...server.env },
  })
  closeSync(log)
  const secrets = Object.values(server.env).filter((value) => value.length >= SHORTEST_SECRET)
  const died = new AbortController()
  let isStopping = false
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => resolve()).once('error', () => resolve()),
  )
  const lastWords = (): string => {
    const tail = hideSecrets(logTail(logPath), secrets)
    return tail === '' ? 'It printed nothing.' : `Its last lines, of ${logPath}:\n${tail}`
  }
  const onExit = (code: number | null, signal: string | null): void => {
    if (isStopping) return
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
    const how = signal === null ? `exit code ${code}` : signal
    died.abort(
      new MetronError('run-failed', `the server under test ended after ${seconds} s (${how})`, {
        hint: lastWords(),
      }),
    )
  }
  child.once('exit', onExit).once('error', () => onExit(null, 'it could not be started'))
  const endAll = (): void => void kill(child, 'SIGKILL')
  process.once('exit', endAll)

  async function stop(): Promise<void> {
    isStopping = true
    // The shell may have ended while what it started goes on: the group is asked, not the child.
    kill(child, 'SIGTERM')
    const timeout = new AbortController()
    await Promise.race([
      untilGroupEnded(child, timeout.signal),
      wait(server.stopTimeout / 1e6, undefined, { signal: timeout.signal }).catch(() => {}),
    ])
    timeout.abort()
    kill(child, 'SIGKILL')
    process.off('exit', endAll)
    await ended
  }

  let shownSeconds = -1
  try {
    while (!(await answers(readyUrl))) {
      died.signal.throwIfAborted()
      const waitedNs = (performance.now() - startedAtMs) * 1e6
      if (hooks.stop?.aborted === true)
        throw new MetronError('run-failed', 'stopped while the server was starting', { hint: lastWords() })
      if (waitedNs > server.readyTimeout)
        throw new MetronError(
          'run-failed',
          `the server did not answer at ${shown(readyUrl)} within ${server.readyTimeout / 1e9} s`,
          { hint: `Raise --server-ready-timeout, or correct the command or URL. ${lastWords()}` },
        )
      const seconds = Math.floor(waitedNs / 1e9)
      if (seconds > shownSeconds) hooks.onStage?.(`Waiting for the server: ${seconds} s`)
      shownSeconds = seconds
      await wait(POLL_MS)
    }
    died.signal.throwIfAborted()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    died: died.signal,
    moveLog(folder) {
      const path = join(folder, 'server.log')
      renameSync(logPath, path)
      logPath = path
    },
    stop,
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  if (url !== null) return url
  throw new MetronError('bad-config', `server.readyUrl: ${JSON.stringify(text)} is not a URL`)
}

function shown({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`
}
