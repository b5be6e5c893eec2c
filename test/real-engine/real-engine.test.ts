import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fluidityIndex } from '../../src/metrics/fluidity-index.ts'
import { missingEngineHint } from './engine-packages.ts'
import { type RealEngine, startRealEngine } from './start-server.ts'
import { gapsOf, medianOf, type StreamedCompletion, streamCompletion } from './stream-completion.ts'

// Only relations are asserted, never times: the engine's speed is the machine's.

const SLOTS = 4
const LONG_PROMPT_TOKENS = 2_500

const hint = missingEngineHint()
const inCi = Boolean(process.env.CI)
if (hint !== undefined && !inCi) console.warn(`real-engine tests are left out: ${hint}`)

function ttftOf(completion: StreamedCompletion): number {
  return completion.tokenTimes[0]!
}

function together(engine: RealEngine, count: number): Promise<StreamedCompletion[]> {
  return Promise.all(
    Array.from({ length: count }, () => streamCompletion(engine.url, { promptTokens: 128, maxTokens: 64 })),
  )
}

async function health(engine: RealEngine): Promise<{ busy: number; queued: number }> {
  const { busy, queued } = (await (await fetch(`${engine.url}/health`)).json()) as {
    busy: number
    queued: number
  }
  return { busy, queued }
}

/** A stream that decodes alone for 100 tokens, with a long prompt coming in beside it then. */
async function decodeBesidePrefill(engine: RealEngine): Promise<StreamedCompletion> {
  let prefill: Promise<StreamedCompletion> | undefined
  const stream = await streamCompletion(engine.url, {
    promptTokens: 32,
    maxTokens: 400,
    onToken: (count) => {
      if (count === 100)
        prefill = streamCompletion(engine.url, { promptTokens: LONG_PROMPT_TOKENS, maxTokens: 1 })
    },
  })
  await prefill
  return stream
}

/** Mean gap of the first 99: a client on a busy machine reads several events at once, which makes medians of a few gaps 0. */
function paceOf({ tokenTimes }: StreamedCompletion): number {
  return (tokenTimes[99]! - tokenTimes[0]!) / 99
}

/** Decode fluidity with a deadline of twice the stream's own pace at its begin, so that the machine's speed cancels. */
function fluidityAtOwnPace(stream: StreamedCompletion): number {
  const timesNs = stream.tokenTimes.map((at) => Math.round(at * 1e6))
  const gapsNs = timesNs.map((at, i) => at - (i === 0 ? 0 : timesNs[i - 1]!))
  const tbtDeadlineNs = Math.round(2e6 * paceOf(stream))
  return fluidityIndex(gapsNs, { ttftDeadlineNs: gapsNs[0]!, tbtDeadlineNs, ignoreFirst: true }).index!
}

describe.skipIf(hint !== undefined && !inCi)('a real engine', () => {
  let whole: RealEngine
  let chunked: RealEngine

  beforeAll(async () => {
    if (hint !== undefined) throw new Error(hint)
    ;[whole, chunked] = await Promise.all([
      startRealEngine({ slots: SLOTS, batchTokens: 4_096 }),
      startRealEngine({ slots: SLOTS, batchTokens: 128 }),
    ])
  })

  afterAll(async () => {
    await Promise.all([whole?.stop(), chunked?.stop()])
  })

  test.each([
    ['chat', 2, 1],
    ['chat', 100, 40],
    ['text', 33, 17],
  ] as const)(
    'counts what a %s client counts: %i prompt tokens, %i said',
    async (endpoint, promptTokens, maxTokens) => {
      const { usage, tokenTimes, text } = await streamCompletion(whole.url, {
        endpoint,
        promptTokens,
        maxTokens,
      })
      expect(usage).toMatchObject({ prompt_tokens: promptTokens, completion_tokens: maxTokens })
      expect(tokenTimes).toHaveLength(maxTokens)
      expect(text.trim().split(' ')).toHaveLength(maxTokens)
    },
  )

  test('makes a longer prompt wait longer for its first token: 128 < 1,024 < 2,048', async () => {
    const lengths = [128, 1_024, 2_048]
    const ttfts = new Map<number, number[]>(lengths.map((length) => [length, []]))
    for (let round = 0; round < 3; round++) {
      for (const promptTokens of lengths) {
        const completion = await streamCompletion(whole.url, { promptTokens, maxTokens: 2 })
        ttfts.get(promptTokens)!.push(ttftOf(completion))
      }
    }
    // The best of three: what other processes do to the clock can only add.
    const [short, medium, long] = lengths.map((length) => Math.min(...ttfts.get(length)!))
    expect(short!).toBeLessThan(medium!)
    expect(medium!).toBeLessThan(long!)
  })

  test('queues requests beyond its slots: they feel it in their first token, by no less than the engine says', async () => {
    const fitting: number[] = []
    const crowded: number[] = []
    for (let round = 0; round < 3; round++) {
      fitting.push(medianOf((await together(whole, SLOTS)).map(ttftOf)))
      const crowd = await together(whole, 2 * SLOTS)
      for (const completion of crowd) {
        const { queue_ms, prompt_ms } = completion.timings!
        expect(ttftOf(completion)).toBeGreaterThanOrEqual(queue_ms + prompt_ms)
      }
      crowd.sort((a, b) => a.timings!.queue_ms - b.timings!.queue_ms)
      crowded.push(medianOf(crowd.slice(SLOTS).map(ttftOf)))
    }
    expect(Math.min(...crowded)).toBeGreaterThan(2 * Math.min(...fitting))
  })

  test('frees the slots and the places in line of clients that hang up', async () => {
    const hangUp = new AbortController()
    let begun = 0
    const streams = Array.from({ length: SLOTS + 2 }, () =>
      streamCompletion(whole.url, {
        promptTokens: 16,
        maxTokens: 8_000,
        signal: hangUp.signal,
        onToken: (count) => {
          if (count === 1) begun++
        },
      }).then(
        () => 'finished',
        () => 'hung up',
      ),
    )
    await expect.poll(() => begun, { timeout: 20_000 }).toBe(SLOTS)
    await expect.poll(() => health(whole), { timeout: 20_000 }).toEqual({ busy: SLOTS, queued: 2 })
    hangUp.abort()
    expect(await Promise.all(streams)).toEqual(streams.map(() => 'hung up'))
    await expect.poll(() => health(whole), { timeout: 20_000 }).toEqual({ busy: 0, queued: 0 })
    const next = await streamCompletion(whole.url, { promptTokens: 16, maxTokens: 8 })
    expect(next.tokenTimes).toHaveLength(8)
  })

  test('refuses a prompt longer than its context with context_length_exceeded', async () => {
    const refused = await streamCompletion(whole.url, { promptTokens: 8_192, maxTokens: 1 })
    expect(refused.status).toBe(400)
    expect(refused.error?.code).toBe('context_length_exceeded')
  })

  test('a long prefill stalls a decoding stream: fluidity falls while the median TBT hardly moves', async () => {
    const quiet: number[] = []
    for (let round = 0; round < 3; round++) {
      quiet.push(fluidityAtOwnPace(await streamCompletion(whole.url, { promptTokens: 32, maxTokens: 400 })))
    }
    const stalled = await decodeBesidePrefill(whole)
    expect(Math.max(...gapsOf(stalled))).toBeGreaterThan(20 * paceOf(stalled))
    expect(medianOf(gapsOf(stalled))).toBeLessThan(3 * paceOf(stalled))
    // The best of three: another process may stall a quiet stream too, but hardly every time.
    expect(fluidityAtOwnPace(stalled)).toBeLessThan(Math.max(...quiet))
  })

  test('a prefill read in pieces of 128 tokens has a far smaller worst gap than one read whole', async () => {
    const atOnce = await decodeBesidePrefill(whole)
    const inPieces = await decodeBesidePrefill(chunked)
    expect(Math.max(...gapsOf(inPieces))).toBeLessThan(Math.max(...gapsOf(atOnce)) / 2)
  })
})
