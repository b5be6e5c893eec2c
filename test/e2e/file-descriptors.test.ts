import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startPacingServer } from '../../src/calibration/start-pacing-server.ts'
import { startMetron } from './run-metron.ts'

/** One chunk, up to a second later: all users are on the wire at once. */
const SLOW = JSON.stringify({ pacing: { pattern: 'steady', perSec: 1, events: 1 } })

test.skipIf(process.platform === 'win32')(
  'a run with too few file descriptors says so and how to get more; the rest is measured',
  async () => {
    const server = await startPacingServer()
    const cwd = mkdtempSync(join(tmpdir(), 'metron-files-'))
    const url = `http://127.0.0.1:${server.port}/v1`
    const load = ['--users', '200', '--requests', '200', '--warmup', '0', '--extra-body', SLOW]
    const { stdout, code } = await startMetron(['bench', url, ...load], {
      cwd,
      shellPrefix: 'ulimit -n 64',
    }).ended
    server.close()
    rmSync(cwd, { recursive: true })

    expect(code).toBe(5)
    const shown = stdout.replace(/\s+/g, ' ')
    expect(shown).toMatch(/\d\d\d × client: .*no file descriptor left.*ulimit -n.*\(EMFILE\)/)
    expect(shown).toMatch(/\d\d of 200 requests/)
  },
  60_000,
)
