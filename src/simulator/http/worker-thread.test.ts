import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import type { GroundTruth } from '../ground-truth.ts'

const SOURCE = `
const { parentPort } = require('node:worker_threads')
import(${JSON.stringify(new URL('./start-simulator-server.ts', import.meta.url).href)}).then(async (module) => {
  const server = await module.startSimulatorServer({}, { countTokens: () => 1 })
  parentPort.postMessage(server.url)
  parentPort.once('message', async () => {
    await server.close()
    parentPort.postMessage(server.groundTruth())
  })
})`

test('the server runs in a worker thread, its stamps agree with this thread, and the thread ends by itself', async () => {
  const worker = new Worker(SOURCE, { eval: true })
  const next = <T>() =>
    new Promise<T>((resolve, reject) => worker.once('message', resolve).once('error', reject))
  const ended = new Promise((resolve) => worker.once('exit', resolve))
  const url = await next<string>()
  const beforeNs = Number(process.hrtime.bigint())
  const response = await fetch(`${url}/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'sim:default', prompt: 'x', max_tokens: 3 }),
  })
  await response.text()
  const afterNs = Number(process.hrtime.bigint())
  worker.postMessage('close')
  const [truth] = await next<GroundTruth[]>()
  // 0.1 ms for the error of the offset between the two clocks of the thread.
  expect(truth!.receivedNs).toBeGreaterThan(beforeNs - 1e5)
  expect(truth!.tokenWrittenNs[2]).toBeLessThan(afterNs + 1e5)
  expect(await ended).toBe(0)
})
