import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bench, type ConfigInput, type Distribution, type FinishedRun, readRun } from '../../src/index.ts'
import { missingEngineHint } from './engine-packages.ts'
import { type RealEngine, startRealEngine } from './start-server.ts'
import { streamCompletion } from './stream-completion.ts'

// Only relations are asserted, never times: the engine's speed is the machine's.

const SLOTS = 4

const hint = missingEngineHint()
const inCi = Boolean(process.env.CI)
if (hint !== undefined && !inCi) console.warn(`real-engine tests are left out: ${hint}`)

function distribution({ summary }: FinishedRun, id: string): Distribution {
  return summary.distributions.find((one) => one.id === id)!
}

describe.skipIf(hint !== undefined && !inCi)('bench against a real engine', () => {
  const runs = mkdtempSync(join(tmpdir(), 'metron-real-engine-'))
  let engine: RealEngine
  let seed = 0

  /** A closed loop with fresh prompts: `users` at once, three requests each. */
  function run(
    users: number,
    prompt: number,
    output: number,
    score: ConfigInput['score'] = {},
  ): Promise<FinishedRun> {
    seed++
    return bench({
      target: { url: `${engine.url}/v1` },
      load: { users, requests: 3 * users, workers: 1, warmup: 0, seed },
      workload: { prompt: String(prompt), output: String(output) },
      score,
      output: { runs, name: `run-${seed}` },
    })
  }

  async function busySlots(): Promise<number> {
    return ((await (await fetch(`${engine.url}/health`)).json()) as { busy: number }).busy
  }

  beforeAll(async () => {
    if (hint !== undefined) throw new Error(hint)
    engine = await startRealEngine({ slots: SLOTS, batchTokens: 4_096 })
  })

  afterAll(async () => {
    await engine?.stop()
    rmSync(runs, { recursive: true, force: true })
  })

  test('keeps one record a request whose counts are those that the engine kept', async () => {
    const { folder, summary } = await run(1, 100, 40)
    const { records } = await readRun(folder)
    const timings = (await (await fetch(`${engine.url}/timings`)).json()) as {
      queue_ms: number
      prompt_n: number
      prompt_ms: number
      predicted_n: number
    }[]
    expect(summary.counts).toMatchObject({ ok: 3, failed: 0 })
    const kept = timings.slice(-records.length)
    for (const [i, { moments, prompt, output, chunks }] of records.entries()) {
      const { queue_ms, prompt_n, prompt_ms, predicted_n } = kept[i]!
      expect(output.serverTokens).toBe(40)
      expect(output.serverTokens).toBe(predicted_n)
      expect(chunks.ns.length).toBe(predicted_n)
      expect(prompt.serverTokens).toBe(prompt_n)
      // No client can see a token before it was made.
      expect(chunks.ns[0]! - moments.dispatchedNs).toBeGreaterThan((queue_ms + prompt_ms) * 1e6)
    }
  })

  test('sees the first token come later after a longer prompt', async () => {
    const ttft: number[] = []
    for (const prompt of [50, 200, 600]) ttft.push(distribution(await run(1, prompt, 4), 'ttft').min!)
    expect(ttft[0]!).toBeLessThan(ttft[1]!)
    expect(ttft[1]!).toBeLessThan(ttft[2]!)
  })

  test('sees requests queue beyond the slots of the engine', async () => {
    const fitting = await run(SLOTS, 50, 64)
    const crowd = await run(2 * SLOTS, 50, 64)
    expect(distribution(crowd, 'ttft').p50!).toBeGreaterThan(1.5 * distribution(fitting, 'ttft').p50!)
  })

  test('sees prefill stalls in the fluidity-index that the median TBT does not show', async () => {
    const pace = distribution(await run(1, 16, 300), 'tpot').mean!
    const score = { ignoreFirst: true, tbtDeadline: `${Math.round(2 * pace)}ns` }
    const quiet = await run(1, 16, 300, score)

    let over = false
    const stalledRun = run(1, 16, 300, score).finally(() => {
      over = true
    })
    for (let prefill = 0; prefill < 3; prefill++) {
      await expect.poll(async () => over || (await busySlots()) === 1, { timeout: 60_000 }).toBe(true)
      if (over) break
      await streamCompletion(engine.url, { promptTokens: 2_048, maxTokens: 1 })
    }
    const stalled = await stalledRun

    expect(distribution(stalled, 'fluidity-index').min!).toBeLessThan(
      distribution(quiet, 'fluidity-index').max!,
    )
    expect(distribution(stalled, 'tbt').max!).toBeGreaterThan(20 * pace)
    expect(distribution(stalled, 'tbt').p50!).toBeLessThan(3 * pace)
  })
})
