import { expect, test } from 'vitest'
import type { ConfigInput } from '../../config/config-schema.ts'
import type { RequestRecord } from '../../records/request-record.ts'
import { createEngineParts, type EngineInput, engineOptions } from '../../simulator/engine-options.ts'
import { loadBuiltinTokenizer } from '../../tokens/builtin-tokenizer.ts'
import type { Plan } from '../../workload/plan.ts'
import { preparePlan } from '../prepare-plan.ts'
import { resolveLayers } from '../read-config.ts'
import { simulatePlan } from './simulate-plan.ts'

const engine = () => createEngineParts(engineOptions.parse({ model: 'sim:fast' }))

async function planOf(config: ConfigInput): Promise<Plan> {
  const values = config as Record<string, unknown>
  return preparePlan(
    resolveLayers([{ values, origin: () => 'test' }]).config,
    7,
    await loadBuiltinTokenizer(),
  )
}

function recordsOf(plan: Plan): RequestRecord[] {
  const records: RequestRecord[] = []
  simulatePlan(plan, engine(), (record) => void records.push(record))
  return records
}

test('an open loop is executed whole, each request when it is due, warm-up included', async () => {
  const plan = await planOf({ load: { rate: '20/s', duration: '5s', warmup: '1s' } })
  const records = recordsOf(plan).sort((a, b) => a.id - b.id)
  expect(records).toHaveLength(plan.size!)
  expect(records.map(({ moments }) => moments.dueNs)).toEqual([...plan.dueNs!])
  for (const { id, chunks, outcome } of records) {
    expect(outcome.kind).toBe('ok')
    expect(chunks.ns).toHaveLength(plan.lengths(id).outputTokens)
  }
})

test('a user of a closed loop sends when its answer has ended', async () => {
  const plan = await planOf({ load: { users: 3, requests: 30, warmup: 3 } })
  const records = recordsOf(plan).sort((a, b) => a.id - b.id)
  expect(records).toHaveLength(33)
  const ends = records.map(({ moments }) => moments.endNs).sort((a, b) => a - b)
  expect(records.map(({ moments }) => moments.dueNs)).toEqual([0, 0, 0, ...ends.slice(0, 30)])
})

test('a closed loop that ends by time sends nothing at or after it', async () => {
  const plan = await planOf({ load: { users: 2, duration: '3s', warmup: '1s' } })
  const records = recordsOf(plan)
  expect(records.length).toBeGreaterThan(2)
  expect(Math.max(...records.map(({ moments }) => moments.dueNs))).toBeLessThan(4e9)
})

test('a listener may end the run', async () => {
  const plan = await planOf({ load: { rate: '20/s', requests: 100 } })
  let ended = 0
  simulatePlan(plan, engine(), () => {
    ended++
    return ended === 5 ? 'stop' : undefined
  })
  expect(ended).toBe(5)
})

const fleet = (input: EngineInput) => createEngineParts(engineOptions.parse({ model: 'sim:fast', ...input }))

function recordsOn(plan: Plan, input: EngineInput): RequestRecord[] {
  const records: RequestRecord[] = []
  simulatePlan(plan, fleet(input), (record) => void records.push(record))
  return records.sort((a, b) => a.id - b.id)
}

test('what was on a replica that failed is reset, with the chunks that had arrived', async () => {
  const plan = await planOf({ load: { rate: '40/s', duration: '10s', warmup: '1s' } })
  const records = recordsOn(plan, { replicas: 2, outages: [{ replica: 1, fromNs: 4e9, toNs: 6e9 }] })
  const lost = records.filter(({ outcome }) => outcome.kind === 'failed')
  expect(lost.length).toBeGreaterThan(2)
  for (const { moments, outcome, chunks, output } of lost) {
    expect(outcome).toMatchObject({ reason: 'connection-reset', status: 200 })
    expect([moments.endNs, output.finishReason]).toEqual([4e9, null])
    expect(moments.dueNs).toBeLessThan(4e9)
    expect(chunks.ns.length).toBeLessThan(output.wantedTokens!)
    expect(Array.from(chunks.ns).every((ns) => ns > moments.dueNs && ns <= 4e9)).toBe(true)
    for (const list of [chunks.channels, chunks.chars, chunks.tokens])
      expect(list).toHaveLength(chunks.ns.length)
  }
  expect(lost.some(({ chunks }) => chunks.ns.length > 0)).toBe(true)
  expect(
    records.filter(({ moments }) => moments.dueNs >= 4e9).every(({ outcome }) => outcome.kind === 'ok'),
  ).toBe(true)
})

test('users who find nobody up get 503 after a millisecond, ask again, and are served after the recovery', async () => {
  const plan = await planOf({ load: { users: 2, duration: '5s', warmup: '1s' } })
  const records = recordsOn(plan, { outages: [{ replica: 0, fromNs: 2e9, toNs: 2.1e9 }] })
  const refused = records.filter(
    ({ outcome }) => outcome.kind === 'failed' && outcome.reason === 'http-status',
  )
  expect(refused).toHaveLength(200)
  expect(refused.every(({ outcome }) => outcome.kind === 'failed' && outcome.status === 503)).toBe(true)
  const dueNs = records.map(({ moments }) => moments.dueNs)
  expect(dueNs).toEqual([...dueNs].sort((a, b) => a - b))
  expect(
    records.filter(({ moments, outcome }) => moments.dueNs >= 2.1e9 && outcome.kind === 'ok').length,
  ).toBeGreaterThan(2)
})
