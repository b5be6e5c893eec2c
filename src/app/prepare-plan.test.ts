import { expect, test } from 'vitest'
import { MetronError } from '../errors/metron-error.ts'
import { loadBuiltinTokenizer } from '../tokens/builtin-tokenizer.ts'
import { preparePlan } from './prepare-plan.ts'
import { resolveLayers } from './read-config.ts'

const tokenizer = await loadBuiltinTokenizer()
const plan = (values: object) =>
  preparePlan(
    resolveLayers([{ values: values as Record<string, unknown>, origin: () => 'test' }]).config,
    1,
    tokenizer,
  )

test('without limits a run measures 30 s after 5 s of warm-up', async () => {
  const { durationNs, warmupNs, dueNs, users } = await plan({})
  expect({ durationNs, warmupNs, users }).toEqual({ durationNs: 35e9, warmupNs: 5e9, users: null })
  expect(dueNs!.length).toBeGreaterThan(250)
})

test('users make a closed loop, which warms up by one request a user when requests end it', async () => {
  const { users, size, warmupRequests, dueNs } = await plan({ load: { users: 4, requests: 20 } })
  expect({ users, size, warmupRequests, dueNs }).toEqual({
    users: 4,
    size: 24,
    warmupRequests: 4,
    dueNs: null,
  })
})

test('a burst has no warm-up of its own accord', async () => {
  const { size, warmupNs } = await plan({ load: { arrivals: 'burst', requests: 9 } })
  expect({ size, warmupNs }).toEqual({ size: 9, warmupNs: 0 })
})

test('prompts are exactly as long as planned, and no two start alike', async () => {
  const made = await plan({ workload: { prompt: 'uniform:min=30,max=60' } })
  const prompts = Array.from({ length: 50 }, (_, id) => made.prompt(id))
  expect(prompts.map((prompt) => tokenizer.count(prompt))).toEqual(
    prompts.map((_, id) => made.lengths(id).promptTokens),
  )
  expect(new Set(prompts.map((prompt) => prompt.slice(0, 12))).size).toBe(50)
})

test.each([
  [{ load: { users: 2, arrivals: 'poisson' } }, 'poisson arrivals have no users'],
  [{ load: { arrivals: 'gamma:cv=many' } }, 'option cv'],
  [{ workload: { trace: 'absent.csv' } }, 'cannot read the trace absent.csv'],
])('%j is refused with a reason', async (values, says) => {
  const error = await plan(values).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(MetronError)
  expect((error as MetronError).message).toContain(says)
})
