import { expect, test } from 'vitest'
import { createEngine } from './create-engine.ts'
import { createEngineParts, type EngineInput, engineOptions } from './engine-options.ts'
import { type DueRequest, simulate } from './simulate-run.ts'

/** A step costs 10 ns plus 1 ns a prompt token; the cache of a token takes 2 ns to move, after 5. */
const ENGINE: EngineInput = {
  step: { baseNs: 10, prefillTokenNs: 1, prefillPairNs: 0, sequenceNs: 0, contextTokenNs: 0 },
  policy: { kind: 'disaggregated', linkBytesPerSec: 131_072e9 / 2, linkLatencyNs: 5 },
}
const parts = (input: EngineInput = ENGINE) => createEngineParts(engineOptions.parse(input))
const one = (id: number, dueNs: number, promptTokens: number, outputTokens: number): DueRequest => {
  return { id, dueNs, promptTokens, outputTokens }
}

test('the first token comes from the prefill engine, the second after the cache has moved, by hand', () => {
  // Prefill 0..14, on the link until 14 + 5 + 8 = 27, then steps of 10.
  const [times] = simulate([one(0, 0, 4, 3)], parts())
  expect([...times!.tokenNs]).toEqual([14, 37, 47])
  expect(times).toMatchObject({ prefillStartNs: 0, prefillEndNs: 14, cachedTokens: 0, preemptions: 0 })
})

test('caches cross the link one after the other', () => {
  // Both prefilled 0..18; the first has crossed at 31, the second at 44, when the step 41..51 is under way.
  const times = simulate([one(0, 0, 4, 3), one(1, 0, 4, 2)], parts())
  expect(times.map(({ tokenNs }) => [...tokenNs])).toEqual([
    [18, 41, 51],
    [18, 61],
  ])
})

test('a cache that arrives at the end of a step is in the next one', () => {
  const policy = { kind: 'disaggregated', linkBytesPerSec: 131_072e9 / 2, linkLatencyNs: 2 } as const
  const times = simulate([one(0, 0, 4, 3), one(1, 0, 4, 2)], parts({ ...ENGINE, policy }))
  expect(times.map(({ tokenNs }) => [...tokenNs])).toEqual([
    [18, 38, 48],
    [18, 48],
  ])
})

test('a stream does not notice that 32K tokens are prefilled beside it', () => {
  const requests = [one(0, 0, 100, 2000), one(1, 1e9, 32_768, 2)]
  const longestNs = (kind: 'disaggregated' | 'prefill-first') => {
    const engine = parts({ model: 'sim:llama3-8b@h100', policy: { kind } })
    const { tokenNs } = simulate(requests, engine)[0]!
    return Math.max(...tokenNs.slice(2).map((ns, at) => ns - tokenNs[at + 1]!))
  }
  expect(longestNs('disaggregated')).toBeLessThan(20e6)
  expect(longestNs('prefill-first')).toBeGreaterThan(1e9)
})

test('the cache of 32K tokens of Llama-3-8B takes 4.3 GB over 25 GB/s', () => {
  const engine = parts({ model: 'sim:llama3-8b@h100', policy: { kind: 'disaggregated' } })
  const { tokenNs } = simulate([one(0, 0, 32_768, 2)], engine)[0]!
  const stepNs = 10e6
  expect(tokenNs[1]! - tokenNs[0]!).toBeGreaterThan(0.1718e9)
  expect(tokenNs[1]! - tokenNs[0]!).toBeLessThan(0.1719e9 + stepNs)
})

test('a request that comes while only the other engine works starts at once', () => {
  const core = createEngine(parts())
  const request = { promptTokens: 4, outputTokens: 50, maxOutputTokens: 50 }
  core.submit(request, 0)
  let endNs = core.begin(0)!
  while (endNs < 100) endNs = core.begin(core.end().endNs)!
  core.submit({ ...request, outputTokens: 1, maxOutputTokens: 1 }, endNs - 9)
  // The prefill takes 14, the step of the other engine ends before.
  expect(core.begin(endNs - 9)).toBe(endNs)
  core.end()
  expect(core.begin(endNs)).toBe(endNs + 5)
  expect(core.end().finished.map(({ prefillStartNs }) => prefillStartNs)).toEqual([endNs - 9])
})

test('what is cancelled in the prefill, on the link or in the decode never ends', () => {
  for (const steps of [0, 1, 2, 3]) {
    const core = createEngine(parts())
    const sequence = core.submit({ promptTokens: 4, outputTokens: 9, maxOutputTokens: 9 }, 0)!
    let endNs = core.begin(0)
    for (let step = 0; step < steps; step++) endNs = core.begin(core.end().endNs)
    expect(core.cancel(sequence)).toBe(true)
    expect(core.cancel(sequence)).toBe(false)
    while (endNs !== null) {
      const step = core.end()
      expect([step.emitted, step.finished]).toEqual([[], []])
      endNs = core.begin(step.endNs)
    }
    expect(core.state.kvFreeTokens).toBe(core.state.limits.kvTokens)
  }
})
