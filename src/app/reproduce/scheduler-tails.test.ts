import { expect, test } from 'vitest'
import { createEngineParts, engineOptions } from '../../simulator/engine-options.ts'
import { type DueRequest, simulate } from '../../simulator/simulate-run.ts'
import { SCHEDULERS } from './engines.ts'
import { schedulerTails } from './scheduler-tails.ts'

const context = { seed: 5, scale: 0.15 }

test('the claim holds at a reduced size and under another seed', () => {
  const experiment = schedulerTails(context)
  const value = (name: string) => experiment.comparisons.find((each) => each.name === name)!.here!
  expect(value('Sarathi-like over vLLM-like, by mean TPOT')).toBeLessThan(1.35)
  expect(value('Sarathi-like over vLLM-like, by mean TPOT')).toBeGreaterThan(1)
  expect(value('Sarathi-like over vLLM-like, by P99 TBT')).toBeGreaterThan(3)
  for (const who of ['vLLM-like', 'Sarathi-like']) {
    expect(value(`${who}, by fluidity`)).toBeGreaterThan(value(`${who}, by P99 TBT`))
    expect(value(`${who}, by fluidity`)).toBeLessThan(value(`${who}, by mean TPOT`))
  }
})

test('the same from evenly spaced requests of one length, without the metrics of this project', () => {
  const requests = Array.from({ length: 300 }, (_, id): DueRequest => {
    return { id, dueNs: Math.round((id * 1e9) / 0.9), promptTokens: 7400, outputTokens: 220 }
  })
  const [vllm, sarathi] = (['vllm', 'sarathi'] as const).map((name) => {
    const engine = createEngineParts(engineOptions.parse({ model: 'sim:yi-34b@h100x2', ...SCHEDULERS[name] }))
    const times = simulate(requests, engine).slice(30, 270)
    const gaps = times.flatMap(({ tokenNs }) => [...tokenNs].slice(1).map((ns, i) => ns - tokenNs[i]!))
    const tpots = times.map(({ tokenNs }) => (tokenNs.at(-1)! - tokenNs[0]!) / (tokenNs.length - 1))
    return {
      tpot: tpots.reduce((sum, ns) => sum + ns, 0) / tpots.length,
      tail: gaps.sort((a, b) => a - b)[Math.ceil(0.99 * gaps.length) - 1]!,
    }
  })
  expect(vllm!.tpot / sarathi!.tpot).toBeLessThan(1.35)
  expect(vllm!.tail / sarathi!.tail).toBeGreaterThan(2.5)
})
