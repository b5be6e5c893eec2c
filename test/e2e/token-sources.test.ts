import { afterAll, expect, test } from 'vitest'
import { rebuildRun } from '../../src/app/rebuild-run.ts'
import { bench, type ConfigInput, type RequestRecord, readRun, type TokenSource } from '../../src/index.ts'
import { type EmbeddedEngine, type GroundTruth, startEmbeddedEngine } from '../../src/testing.ts'
import { startBufferingProxy } from '../servers/buffering-proxy.ts'
import { temporaryFolder } from './run-metron.ts'

const folder = temporaryFolder()
const engines = new Map<string, Promise<EmbeddedEngine>>()
afterAll(async () => {
  await Promise.all([...engines.values()].map(async (engine) => (await engine).close()))
  folder[Symbol.dispose]()
})

type EngineOptions = NonNullable<Parameters<typeof startEmbeddedEngine>[0]>

function engineWith(options: EngineOptions): Promise<EmbeddedEngine> {
  const key = JSON.stringify(options)
  const engine = engines.get(key) ?? startEmbeddedEngine({ model: 'sim:fast', ...options })
  engines.set(key, engine)
  return engine
}

/** How the server is asked, and what it is able to tell. `exact`: the counts of all chunks are the truth. */
interface Case {
  readonly name: string
  readonly source: TokenSource
  readonly exact: boolean
  readonly engine: EngineOptions
  readonly target?: ConfigInput['target']
  readonly tokenizer?: string
}

const chatLogprobs = { extraBody: { logprobs: true } }
const ids = { extraBody: { return_token_ids: true } }
const completions = { protocol: 'openai-completions' } as const
const OWN_TOKENIZER = 'o200k_base'

const CASES: readonly Case[] = [
  { name: 'token ids', source: 'token-ids', exact: true, engine: {}, target: ids },
  { name: 'logprobs', source: 'token-ids', exact: true, engine: { usage: 'none' }, target: chatLogprobs },
  {
    name: 'token ids of completions',
    source: 'token-ids',
    exact: true,
    engine: {},
    target: { ...ids, ...completions },
  },
  {
    name: 'logprobs of completions',
    source: 'token-ids',
    exact: true,
    engine: {},
    target: { extraBody: { logprobs: 1 }, ...completions },
  },
  { name: 'running usage', source: 'usage', exact: true, engine: {}, tokenizer: OWN_TOKENIZER },
  { name: 'running usage of completions', source: 'usage', exact: true, engine: {}, target: completions },
  {
    name: 'the tokenizer, with a final usage',
    source: 'tokenizer',
    exact: true,
    engine: { usage: 'final' },
    tokenizer: OWN_TOKENIZER,
  },
  {
    name: 'the tokenizer alone, ids asked for in vain',
    source: 'tokenizer',
    exact: true,
    engine: { usage: 'none', tokenInfo: 'none' },
    target: { extraBody: { return_token_ids: true, logprobs: true } },
    tokenizer: OWN_TOKENIZER,
  },
  { name: 'a final usage', source: 'usage-total', exact: false, engine: { usage: 'final' } },
  { name: 'nothing', source: 'chunk', exact: false, engine: { usage: 'none' } },
]

/** What the clocks of two threads may be apart at most. */
const CLOCKS_NS = 1e5
const TOKENS = 30
const PER_EVENT = [1, 2, 4, 8]

/** Measures a dozen answers of 30 tokens, of which the first 5 are reasoning in chat, and finds the truth of each. */
async function measure(tokensPerEvent: number, one: Case) {
  const engine = await engineWith({ tokensPerEvent, reasoningTokens: 5, ...one.engine })
  const name = `${one.name} ${tokensPerEvent}`.replaceAll(/\W+/g, '-')
  const { view, manifest } = await bench({
    target: { url: engine.url, ...one.target },
    load: { users: 4, requests: 12, warmup: 0, seed: 1 },
    workload: { prompt: 64, output: TOKENS, ...(one.tokenizer ? { tokenizer: one.tokenizer } : {}) },
    output: { runs: folder.path, name },
  })
  const run = `${folder.path}/${name}`
  const { records } = await readRun(run)
  expect(records).toHaveLength(12)
  // Every run has the same request ids: the latest truth under an id is this run's.
  const truths = new Map((await engine.groundTruth()).map((truth) => [truth.requestId, truth]))
  const pairs = records.map((record) => ({ record, truth: truths.get(`metron-${record.id}`)! }))
  return {
    pairs,
    zeroNs: Number(manifest.clockZeroNs),
    warnings: view.warnings.map(({ id }) => id),
    folder: run,
  }
}

/** Tokens of each event by the truth: those of one event were written in the same moment. */
function eventsOf({ tokenWrittenNs }: GroundTruth): {
  readonly tokens: number[]
  readonly writtenNs: number[]
} {
  const tokens: number[] = []
  const writtenNs: number[] = []
  for (const ns of tokenWrittenNs) {
    if (ns !== writtenNs.at(-1)) {
      writtenNs.push(ns)
      tokens.push(0)
    }
    tokens[tokens.length - 1]! += 1
  }
  return { tokens, writtenNs }
}

const tokensOf = ({ chunks }: RequestRecord): number[] => Array.from(chunks.tokens!)
const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** One size is enough for the older protocol, whose events are read by the same code. */
const sizesOf = ({ target }: Case) => (target?.protocol === undefined ? PER_EVENT : [4])

test.each(CASES.flatMap((one) => sizesOf(one).map((perEvent) => [perEvent, one.name, one] as const)))(
  '%i tokens an event, told by %s',
  async (perEvent, _, one) => {
    const { pairs, zeroNs, warnings } = await measure(perEvent, one)
    const expected: number[] = []
    for (const { record, truth } of pairs) {
      const events = eventsOf(truth)
      expect(truth.outputTokens).toBe(TOKENS)
      expect(record.tokenSource).toBe(one.source)
      expect(record.chunks.ns).toHaveLength(events.tokens.length)
      if (one.exact) expect(tokensOf(record)).toEqual(events.tokens)
      if (one.source === 'chunk') expect(tokensOf(record)).toEqual(events.tokens.map(() => 1))
      else expect(sumOf(tokensOf(record))).toBe(TOKENS)
      // No chunk can have been there before it was written.
      for (const [index, writtenNs] of events.writtenNs.entries())
        expect(record.chunks.ns[index]! + zeroNs).toBeGreaterThan(writtenNs - CLOCKS_NS)
      expected.push(...events.tokens)
    }
    // The truth is not the same for all sizes, or this test would prove little.
    expect(Math.max(...expected)).toBe(perEvent)
    expect(warnings).not.toContain('token-counts-differ')
    expect(warnings.includes('token-source-chunk')).toBe(one.source === 'chunk')
    expect(warnings.includes('token-source-usage-total')).toBe(one.source === 'usage-total')
  },
)

test.each([
  ['tokenizer', 'final'],
  ['usage', 'running'],
] as const)(
  "a tokenizer that is not the model's is found out, where tokens are told by %s",
  async (source, usage) => {
    const name = `the wrong tokenizer and a ${usage} usage`
    const tokenizer = 'test/fixtures/tokenizer'
    const one: Case = { name, source, exact: source === 'usage', engine: { usage }, tokenizer }
    const { pairs, warnings, folder: run } = await measure(2, one)
    for (const { record } of pairs) {
      expect(record.tokenSource).toBe(source)
      expect(sumOf(tokensOf(record)) === TOKENS).toBe(one.exact)
    }
    expect(warnings).toContain('token-counts-differ')
    const { view } = await rebuildRun(run)
    expect(view.warnings.map(({ id }) => id)).toEqual(warnings)
  },
)

test('a proxy that holds events back for 200 ms is warned of, and the bare server is not', async () => {
  const engine = await engineWith({ model: 'sim:default' })
  await using proxy = await startBufferingProxy(engine.url, 200)
  const warningsOf = async (name: string, url: string) => {
    const { view } = await bench({
      target: { url },
      load: { users: 4, requests: 8, warmup: 0, seed: 1 },
      workload: { prompt: 32, output: 60 },
      output: { runs: folder.path, name },
    })
    return view.warnings.map(({ id }) => id)
  }
  expect(await warningsOf('bare', engine.url)).not.toContain('comes-in-bursts')
  expect(await warningsOf('proxied', proxy.url)).toContain('comes-in-bursts')
})
