import { expect, test } from 'vitest'
import { createEngineParts, type EngineInput, engineOptions } from './engine-options.ts'
import { startSimulatorServer } from './http/start-simulator-server.ts'
import { simulate } from './simulate-run.ts'
import { slownessAt } from './slowdowns.ts'

const MS = 1e6
const PLAIN: EngineInput = {
  step: { baseNs: 10 * MS, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 },
}
const slow = { fromNs: 95 * MS, toNs: 195 * MS, factor: 4 }

const gapsOf = (input: EngineInput): number[] => {
  const request = { id: 0, dueNs: 0, promptTokens: 10, outputTokens: 20 }
  const [times] = simulate([request], createEngineParts(engineOptions.parse(input)))
  return Array.from(times!.tokenNs, (ns, i) => (ns - (times!.tokenNs[i - 1] ?? 0)) / MS)
}

test('steps that begin within a slowdown take its factor longer, others do not', () => {
  // Ten steps to 100 ms; then 40 ms each, of which those at 100, 140 and 180 ms begin within it.
  expect(gapsOf({ ...PLAIN, slowdowns: [slow] })).toEqual([
    ...new Array(10).fill(10),
    ...new Array(3).fill(40),
    ...new Array(7).fill(10),
  ])
})

test('disaggregated engines and fleets slow down, too', () => {
  for (const input of [{ policy: { kind: 'disaggregated' } }, { replicas: 2 }] as const) {
    const plain = gapsOf({ ...PLAIN, ...input })
    const slowed = gapsOf({ ...PLAIN, ...input, slowdowns: [slow] })
    expect(Math.max(...slowed.slice(2))).toBe(40)
    expect(Math.max(...plain.slice(2))).toBe(10)
  }
})

test('over HTTP it counts from the start of the server', async () => {
  const slowdowns = [{ fromNs: 0, toNs: 600e9, factor: 3 }]
  const server = await startSimulatorServer({ ...PLAIN, slowdowns }, { countTokens: () => 3 })
  const body = JSON.stringify({ model: 'sim:default', prompt: 'x', max_tokens: 4, stream: true })
  await (await fetch(`${server.url}/completions`, { method: 'POST', body })).text()
  const { tokenPlannedNs } = server.groundTruth()[0]!
  expect(tokenPlannedNs.slice(1).map((ns, i) => Math.round((ns - tokenPlannedNs[i]!) / MS))).toEqual([
    30, 30, 30,
  ])
  await server.close()
})

test('outside every slowdown nothing changes; where two overlap both count', () => {
  expect(slownessAt([], 5)).toBe(1)
  expect(slownessAt([slow, { ...slow, factor: 2 }], 100 * MS)).toBe(8)
  expect(slownessAt([slow], slow.toNs)).toBe(1)
})
