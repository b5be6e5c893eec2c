import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { Clock } from './clock.ts'
import { createMonotonicClock } from './monotonic-clock.ts'
import { createWaker, type Waker } from './waker.ts'

function open(clock: Clock = createMonotonicClock()): { clock: Clock; waker: Waker } {
  const waker = createWaker(clock)
  onTestFinished(waker.close)
  return { clock, waker }
}

const turns = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('never wakes before the moment, be it past, near or far', async () => {
  const { clock, waker } = open()
  for (const aheadNs of [-1e9, 0, 1, 20_000, 300_000, 999_999, 1_600_000, 7_300_000]) {
    const atNs = clock.nowNs() + aheadNs
    await new Promise<void>((resolve) => waker.wakeAt(atNs, resolve))
    expect(clock.nowNs()).toBeGreaterThanOrEqual(atNs)
  }
})

test('calls many moments in their order, equal ones in the order of the calls, each once and none early', async () => {
  const { clock, waker } = open()
  const aheadNs = fc.array(fc.integer({ min: -2, max: 20 }), { minLength: 1, maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(aheadNs, async (tenths) => {
      const startNs = clock.nowNs()
      const moments = tenths.map((tenth, call) => ({ atNs: startNs + tenth * 100_000, call }))
      const called: { atNs: number; call: number }[] = []
      let early = 0
      await new Promise<void>((resolve) => {
        for (const moment of moments)
          waker.wakeAt(moment.atNs, () => {
            if (clock.nowNs() < moment.atNs) early += 1
            if (called.push(moment) === moments.length) resolve()
          })
      })
      expect(early).toBe(0)
      expect(called).toEqual(moments.toSorted((a, b) => a.atNs - b.atNs || a.call - b.call))
    }),
    { numRuns: 20 },
  )
})

test('never calls within the call of wakeAt, and a moment added while it calls waits for a later turn', async () => {
  const { waker } = open()
  const seen: string[] = []
  await new Promise<void>((resolve) => {
    waker.wakeAt(0, () => {
      waker.wakeAt(0, () => {
        seen.push('added')
        resolve()
      })
      setImmediate(() => seen.push('turn'))
      seen.push('first')
    })
    seen.push('returned')
  })
  expect(seen.slice(0, 2)).toEqual(['returned', 'first'])
  expect(seen).toContain('added')
})

test('a cancelled call never comes; the others do', async () => {
  const { clock, waker } = open()
  const called: number[] = []
  const cancels = Array.from({ length: 6 }, (_, index) =>
    waker.wakeAt(clock.nowNs() + index * 500_000, () => called.push(index)),
  )
  for (const index of [0, 3, 5]) {
    cancels[index]!()
    cancels[index]!()
  }
  await turns(30)
  expect(called).toEqual([1, 2, 4])
})

test('one call may cancel another that is due at the same moment', async () => {
  const { clock, waker } = open()
  const atNs = clock.nowNs() + 1e6
  const called: string[] = []
  waker.wakeAt(atNs, () => {
    called.push('first')
    cancel()
  })
  const cancel = waker.wakeAt(atNs, () => called.push('second'))
  await turns(20)
  expect(called).toEqual(['first'])
})

test('nothing is called after it was closed, from within a call too', async () => {
  const { clock, waker } = open()
  const called: string[] = []
  waker.wakeAt(clock.nowNs(), () => {
    called.push('first')
    waker.close()
    waker.close()
  })
  waker.wakeAt(clock.nowNs(), () => called.push('second'))
  waker.wakeAt(clock.nowNs() + 1e6, () => called.push('third'))
  await turns(20)
  waker.wakeAt(clock.nowNs(), () => called.push('fourth'))
  await turns(20)
  expect(called).toEqual(['first'])
})

test('follows its own clock: many clocks of different zeros, and one that stands still for a while', async () => {
  const machine = createMonotonicClock()
  let looks = 0
  const slow: Clock = { nowNs: () => (looks++ < 50 ? 0 : 1e9) }
  const clocks = [0, 5e9, -5e9].map((offsetNs) => createMonotonicClock(machine.nowNs() + offsetNs))
  for (const clock of [...clocks, slow]) {
    const { waker } = open(clock)
    const atNs = clock === slow ? 100_000 : clock.nowNs() + 2e6
    await new Promise<void>((resolve) => waker.wakeAt(atNs, resolve))
    expect(clock.nowNs()).toBeGreaterThanOrEqual(atNs)
  }
})

const URLS = ['./waker.ts', './monotonic-clock.ts'].map((file) =>
  JSON.stringify(new URL(file, import.meta.url)),
)
const PROGRAM = `
  const [{ createWaker }, { createMonotonicClock }] = await Promise.all([import(${URLS[0]}), import(${URLS[1]})])
  const clock = createMonotonicClock()
  const waker = createWaker(clock)
  const atNs = clock.nowNs() + 30e6
  waker.wakeAt(atNs, () => console.log(clock.nowNs() >= atNs))`

test('a program runs until its last moment and then ends, though nobody closed the waker', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    timeout: 60_000,
  })
  expect(stdout).toBe('true\n')
})

test('works in a worker thread, which ends by itself', async () => {
  const source = new URL(`data:text/javascript,${encodeURIComponent(PROGRAM)}`)
  const worker = new Worker(source, { stdout: true })
  const output = worker.stdout.toArray()
  await new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject))
  expect(Buffer.concat(await output).toString()).toBe('true\n')
})

test('a worker thread that is terminated takes its sleeping thread along', async () => {
  const source = new URL(`data:text/javascript,${encodeURIComponent(PROGRAM.replace('30e6', '3600e9'))}`)
  const worker = new Worker(source)
  await turns(100)
  await worker.terminate()
  expect(worker.threadId).toBe(-1)
})
