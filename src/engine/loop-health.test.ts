import { setImmediate, setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { watchEventLoop } from './loop-health.ts'

const BLOCK_MS = 60

function block(): void {
  const end = performance.now() + BLOCK_MS
  while (performance.now() < end);
}

test('a thread that is blocked most of the time is late by about a block at p99, however short the run', async () => {
  const stop = watchEventLoop(3)
  await setTimeout(20)
  for (let i = 0; i < 8; i++) {
    block()
    await setTimeout(6)
  }
  const { worker, loopDelayP99Ns, loopDelayMaxNs, loopUtilizationFraction } = stop()
  expect(worker).toBe(3)
  expect(loopDelayP99Ns).toBeGreaterThan((BLOCK_MS - 20) * 1e6)
  expect(loopDelayMaxNs).toBeGreaterThanOrEqual(loopDelayP99Ns)
  expect(loopUtilizationFraction).toBeGreaterThan(0.5)
})

test('garbage collections are counted and timed', async () => {
  const stop = watchEventLoop(0)
  await setImmediate()
  let kept: unknown[] = []
  for (let i = 0; i < 3_000_000; i++) {
    kept.push({ i })
    if (kept.length > 50_000) kept = []
  }
  await setTimeout(20)
  const { gcCount, gcTotalNs, gcMaxNs } = stop()
  expect(gcCount).toBeGreaterThan(0)
  expect(gcMaxNs).toBeGreaterThan(0)
  expect(gcTotalNs).toBeGreaterThanOrEqual(gcMaxNs)
})

test('a watch that is stopped at once has no delay', () => {
  expect(watchEventLoop(0)()).toMatchObject({ loopDelayP99Ns: 0, loopDelayMaxNs: 0 })
})
