import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from '../../../test/servers/free-port.ts'
import type { ConfigInput } from '../../config/config-schema.ts'
import { resolveLayers } from '../read-config.ts'
import { withServer } from './with-server.ts'

/** Answers everything, prints its secret, and ends by itself after `MS` when that is set. */
const SERVER = `
console.log('listening with', process.env.SECRET);
require('node:http').createServer((q, r) => r.end('{}')).listen(process.env.PORT, '127.0.0.1');
if (process.env.MS) setTimeout(() => { console.error('out of memory'); process.exit(7) }, Number(process.env.MS));
`
const COMMAND = `"${process.execPath}" -e "${SERVER.replaceAll('\n', ' ')}"`

async function configOf(server: NonNullable<ConfigInput['server']>, port?: number) {
  const runs = mkdtempSync(join(tmpdir(), 'metron-server-'))
  const at = port ?? (await freePort())
  const values = {
    target: { url: `http://127.0.0.1:${at}/v1` },
    output: { runs },
    server: { ...server, env: { PORT: String(at), SECRET: 'sk-very-secret', ...server.env } },
  }
  return {
    config: resolveLayers([{ values, origin: () => 'test' }]).config,
    runs,
    url: `http://127.0.0.1:${at}/`,
  }
}

const isUp = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  )

test('the server is up during the job and gone after it, with its log where the job moved it', async () => {
  const { config, runs, url } = await configOf({ command: COMMAND })
  const result = await withServer(config, {}, async (_hooks, server) => {
    server!.moveLog(runs)
    return isUp(url)
  })
  expect(result).toBe(true)
  expect(await isUp(url)).toBe(false)
  expect(readdirSync(runs)).toEqual(['server.log'])
  expect(readFileSync(join(runs, 'server.log'), 'utf8')).toContain('listening')
})

test('a job that fails stops the server, too', async () => {
  const { config, url } = await configOf({ command: COMMAND })
  await expect(withServer(config, {}, () => Promise.reject(new Error('the job')))).rejects.toThrow('the job')
  expect(await isUp(url)).toBe(false)
})

test('what the shell started in its turn is stopped with it', async () => {
  const { config, url } = await configOf({ command: `${COMMAND} & wait` })
  await withServer(config, {}, async () => {})
  expect(await isUp(url)).toBe(false)
})

test('a server that ends at once is told with its last lines, without its secrets', async () => {
  const { config } = await configOf({ command: 'echo no model "$SECRET" >&2; exit 3' })
  const failure = await withServer(config, {}, async () => {}).catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'run-failed', message: expect.stringContaining('exit code 3') })
  expect((failure as { hint: string }).hint).toContain('no model (hidden)')
})

test('a server that never answers is given up and stopped', async () => {
  const { config } = await configOf({ command: 'echo loading; exec sleep 60', readyTimeout: '400ms' })
  await expect(withServer(config, {}, async () => {})).rejects.toThrow('did not answer at http://127.0.0.1')
})

test('a server that ends in the middle aborts the job, which then fails with the reason', async () => {
  const { config } = await configOf({ command: COMMAND, env: { MS: '600' } })
  const failure = await withServer(config, {}, async ({ abort }) => {
    await new Promise((resolve) => abort!.addEventListener('abort', resolve))
    return 'what was measured'
  }).catch((error: unknown) => error)
  expect(failure).toMatchObject({ message: expect.stringContaining('exit code 7') })
  expect((failure as { hint: string }).hint).toContain('out of memory')
})

test('a port that something listens on is refused before anything is started', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const { config, runs } = await configOf({ command: 'touch started' }, port)
  await expect(withServer(config, {}, async () => {})).rejects.toThrow(`listens on 127.0.0.1:${port} already`)
  expect(readdirSync(runs)).toEqual([])
  other.close()
})

test('a command without a URL is refused', async () => {
  const { config } = resolveLayers([{ values: { server: { command: 'true' } }, origin: () => 'test' }])
  await expect(withServer(config, {}, async () => {})).rejects.toThrow('needs the URL')
})
