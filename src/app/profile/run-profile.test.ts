import { expect, test } from 'vitest'
import type { RequestRecord } from '../../records/request-record.ts'
import { createEngineParts, engineOptions } from '../../simulator/engine-options.ts'
import { loadBuiltinTokenizer } from '../../tokens/builtin-tokenizer.ts'
import type { Plan } from '../../workload/plan.ts'
import { preparePlan } from '../prepare-plan.ts'
import { resolveLayers } from '../read-config.ts'
import { simulatePlan } from '../virtual/simulate-plan.ts'
import { prefillSamples } from './prefill-samples.ts'
import { roundsOf, toProfile } from './run-profile.ts'

const FACTS = {
  target: { url: null, model: 'sim', protocol: 'openai-chat' },
  runs: [],
  reasons: [],
  seed: 1,
  precisionFraction: 0.03,
  clock: 'virtual',
} as const

/** Requests of these lengths one after another, in virtual time. */
async function measured(model: string, lengths: readonly number[]): Promise<RequestRecord[]> {
  const load = { users: 1, requests: lengths.length - 1, warmup: 1 }
  const { config } = resolveLayers([{ values: { load }, origin: () => 'test' }])
  const plan: Plan = {
    ...(await preparePlan(config, 1, await loadBuiltinTokenizer())),
    lengths: (id) => ({ promptTokens: lengths[id]!, outputTokens: 4 }),
  }
  const records: RequestRecord[] = []
  simulatePlan(plan, createEngineParts(engineOptions.parse({ model })), (record) => void records.push(record))
  return records
}

// A large model is bound by memory for short prompts and by arithmetic for long ones: no quadratic has that bend, so that its
// profile starts behind it.
test.each([
  ['sim:default', 128],
  ['sim:fast', 128],
  ['sim:slow', 128],
  ['sim:yi-34b@h100x2', 512],
])(
  'the profile of %s from %i tokens on recovers its true TTFT within 3 percent between its lengths',
  async (model, from) => {
    const ladder = [128, 256, 512, 1024, 2048, 4096, 8192].filter((length) => length >= from)
    const profile = toProfile(prefillSamples(await measured(model, ladder)), FACTS)
    const { aNs, bNs, cNs } = profile.fit
    const between = [128, 180, 362, 724, 1448, 2896, 5793, 8192].filter((length) => length >= from)
    const truth = prefillSamples(await measured(model, between)).lengths
    expect(truth).toHaveLength(between.length)
    for (const { promptTokens: n, ttftNs } of truth) {
      const fitted = aNs.value + bNs.value * n + cNs.value * n * n
      expect(Math.abs(fitted / ttftNs[0]! - 1), `${n} tokens`).toBeLessThan(0.03)
    }
  },
)

test('failed requests and prompts that a cache held are left out', async () => {
  const records = await measured('sim:fast', [128, 256, 512, 1024, 2048])
  const [first, second, ...rest] = records
  const failed: RequestRecord = {
    ...first!,
    outcome: { kind: 'failed', reason: 'rate-limited', detail: '', status: 429 },
  }
  const cached: RequestRecord = { ...second!, prompt: { ...second!.prompt, cachedTokens: 128 } }
  const { lengths, excluded } = prefillSamples([failed, cached, ...rest])
  expect(excluded).toEqual({ failed: 1, cached: 1 })
  expect(lengths.map(({ promptTokens }) => promptTokens)).toEqual([512, 1024, 2048])
  expect(() => toProfile(prefillSamples([failed, cached, ...rest.slice(1)]), FACTS)).toThrow(
    /only 2 prompt lengths.*1 requests failed and 1 prompts came from a prefix cache/,
  )
})

test('each round holds every length once, and rounds differ in order', () => {
  const lengths = [1, 2, 3, 4, 5, 6, 7, 8]
  const rows = roundsOf(lengths, 3, 1)
  const rounds = [rows.slice(0, 8), rows.slice(8, 16), rows.slice(16)]
  for (const round of rounds) expect(round.toSorted((a, b) => a - b)).toEqual(lengths)
  expect(new Set(rounds.map(String)).size).toBe(3)
})
