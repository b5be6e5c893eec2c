import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface MetronProcess {
  readonly child: ChildProcess
  /** Everything written so far. */
  stdout(): string
  stderr(): string
  /** Resolves once standard error matches; rejects when the process ends before. */
  seen(pattern: RegExp): Promise<void>
  readonly ended: Promise<{
    code: number | null
    signal: NodeJS.Signals | null
    stdout: string
    stderr: string
  }>
}

/** Starts the command line program from source as a process of its own, as a user would. */
export function startMetron(
  args: readonly string[],
  options: {
    readonly cwd?: string
    readonly env?: Record<string, string>
    readonly shellPrefix?: string
    /** Of node itself; threads inherit them. */
    readonly nodeArgs?: readonly string[]
  } = {},
): MetronProcess {
  // A calibration of the machine that runs the tests must not change what they see.
  const METRON_CALIBRATION_FILE = join(tmpdir(), 'metron-no-such-calibration.json')
  const env = { ...process.env, METRON_CALIBRATION_FILE, ...options.env, NODE_OPTIONS: '' }
  const spawnOptions = {
    cwd: options.cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
  }
  const command = [...(options.nodeArgs ?? []), MAIN, ...args]
  const child =
    options.shellPrefix === undefined
      ? spawn(process.execPath, command, spawnOptions)
      : spawn(
          'bash',
          ['-c', `${options.shellPrefix}; exec "$@"`, 'bash', process.execPath, ...command],
          spawnOptions,
        )
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<Awaited<MetronProcess['ended']>>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    async seen(pattern) {
      while (!pattern.test(stderr)) {
        const next = await Promise.race([
          new Promise<'more'>((resolve) => child.stderr.once('data', () => resolve('more'))),
          ended,
        ])
        if (next !== 'more' && !pattern.test(stderr)) throw new Error(`ended without ${pattern}:\n${stderr}`)
      }
    },
  }
}

/** Runs it to its end. */
export function runMetron(...args: Parameters<typeof startMetron>): MetronProcess['ended'] {
  return startMetron(...args).ended
}

/** A folder that is removed when the scope ends. */
export function temporaryFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'metron-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
