import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { runMetron } from './run-metron.ts'

test('sim names a port that another program uses', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { code, stderr } = await runMetron(['sim', '--port', `${port}`])
  other.close()
  expect(code).not.toBe(0)
  expect(stderr).toContain(`127.0.0.1:${port}: another program uses this port`)
  expect(stderr).toContain('0 for a free one')
})
