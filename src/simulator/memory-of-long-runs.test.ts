import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createEngineParts, type EngineInput, engineOptions } from './engine-options.ts'
import { type DueRequest, simulateEach } from './simulate-run.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes in use after each tenth of a run of so many requests, of which nothing is kept. */
function heapOf(count: number, input: EngineInput): number[] {
  const bytes: number[] = []
  let ended = 0
  simulateEach(requests(count), createEngineParts(engineOptions.parse(input)), () => {
    if (++ended % (count / 10) !== 0) return
    collect()
    bytes.push(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers)
  })
  return bytes
}

function* requests(count: number): Generator<DueRequest> {
  for (let id = 0; id < count; id++) {
    const prefixBlocks = [id, id + 0.5]
    yield { id, dueNs: id * 1e8, promptTokens: 40, outputTokens: 1 + (id % 9), prefixBlocks }
  }
}

test.each([
  ['one engine', {}],
  ['by deadline', { policy: { kind: 'deadline-priority' } }],
  ['disaggregated', { policy: { kind: 'disaggregated' } }],
  ['a prefix cache', { prefixCache: { capacityTokens: 1000 } }],
  ['a fleet that fails', { replicas: 3, failures: { meanUpNs: 20e9, meanDownNs: 2e9 }, retry: true }],
] satisfies [string, EngineInput][])(
  'a long run that keeps nothing needs no more memory at its end than at its beginning: %s',
  (_name, input) => {
    const bytes = heapOf(30_000, input)
    expect(bytes).toHaveLength(10)
    // 24,000 requests lie between; a leak of 40 bytes each would be 1 MB.
    expect(bytes.at(-1)! - bytes[1]!).toBeLessThan(1e6)
  },
)
