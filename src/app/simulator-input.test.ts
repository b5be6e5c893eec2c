import { expect, test } from 'vitest'
import { MetronError } from '../errors/metron-error.ts'
import { serverOptions } from '../simulator/http/server-options.ts'
import { resolveLayers } from './read-config.ts'
import { engineInput, engineParts, serverInput } from './simulator-input.ts'

const configOf = (simulator: object, engine = 'sim:default') =>
  resolveLayers([{ values: { engine, simulator }, origin: () => 'test' }]).config

function failure(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof MetronError) return `${error.message} / ${error.hint}`
    throw error
  }
  throw new Error('did not fail')
}

test('a config that says nothing gives the simulator with its own defaults', () => {
  expect(serverOptions.parse(serverInput(configOf({})))).toEqual(serverOptions.parse({}))
})

test('shorthands become the options of the simulator, durations become ns', () => {
  const input = engineInput(
    configOf({
      policy: 'deadline-priority:budgetTokens=512,ttftDeadlineNs=300ms',
      memory: 'preempt:by=swap',
      prefixCache: 'lru:blockTokens=32',
      speculation: 'draft:draftTokens=3,acceptance=0.5',
      costs: { baseNs: '3ms' },
      maxBatch: 8,
      maxQueue: 5,
    }),
  )
  expect(input.policy).toMatchObject({ kind: 'deadline-priority', budgetTokens: 512, ttftDeadlineNs: 300e6 })
  expect(input.memory).toMatchObject({ kind: 'preempt', by: 'swap' })
  expect(input.prefixCache).toEqual({ blockTokens: 32, capacityTokens: null })
  expect(input.speculation).toMatchObject({ draftTokens: 3, acceptance: 0.5 })
  expect(input.step).toEqual({ baseNs: 3e6 })
  expect(input.limits).toEqual({ maxBatch: 8, maxQueue: 5 })
})

test('limits and the prefix cache reach the parts of the engine; limits not given stay the preset', () => {
  const parts = engineParts(configOf({ kvTokens: 5000, prefixCache: 'lru' }, 'sim:yi-34b@h100x2'))
  expect(parts.limits.kvTokens).toBe(5000)
  expect(parts.limits.maxBatch).toBe(256)
  expect(parts.prefixCache).toEqual({ blockTokens: 16, capacityTokens: null })
})

test('a wrong option is named with what there is', () => {
  expect(failure(() => engineInput(configOf({ policy: 'chunked-prefill:budget=3' })))).toContain(
    'simulator.policy: chunked-prefill has no option "budget"',
  )
  expect(failure(() => configOf({ policy: 'chunked' }))).toContain('expected one of prefill-first')
  expect(failure(() => engineInput(configOf({ memory: 'preempt:by=drop' })))).toContain('option by')
  expect(failure(() => engineInput(configOf({ costs: { overheadNs: 1 } })))).toContain('no cost "overheadNs"')
  expect(failure(() => engineInput(configOf({ costs: { baseNs: -1 } })))).toContain('cannot be -1')
})
