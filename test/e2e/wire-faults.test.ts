import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bench, readRun } from '../../src/index.ts'
import { WIRE_FAULTS } from '../../src/simulator/http/faults/read-faults.ts'
import { temporaryFolder } from './run-metron.ts'

/** What Metron reports of answers with each fault; the page about the simulator has the same table. */
const REPORTED: Readonly<Record<string, { readonly fault: string; readonly outcome: string }>> = {
  status: { fault: 'status=500', outcome: 'http-status' },
  'rate-limit': { fault: 'rate-limit=2', outcome: 'rate-limited' },
  html: { fault: 'html', outcome: 'not-a-stream' },
  empty: { fault: 'empty', outcome: 'empty' },
  'hang-headers': { fault: 'hang-headers', outcome: 'headers-timeout' },
  'reset-headers': { fault: 'reset-headers', outcome: 'connection-reset' },
  'reset-after': { fault: 'reset-after=3', outcome: 'connection-reset' },
  'hang-after': { fault: 'hang-after=3', outcome: 'stream-timeout' },
  'truncate-after': { fault: 'truncate-after=3', outcome: 'truncated' },
  'error-event-after': { fault: 'error-event-after=3', outcome: 'error-event' },
  'bad-json-after': { fault: 'bad-json-after=3', outcome: 'malformed-event' },
  'split-bytes': { fault: 'split-bytes', outcome: 'ok' },
  crlf: { fault: 'crlf', outcome: 'ok' },
  comments: { fault: 'comments', outcome: 'ok' },
  'close-after': { fault: 'close-after', outcome: 'ok' },
  'invalid-utf8': { fault: 'invalid-utf8', outcome: 'ok' },
  'split-events': { fault: 'split-events=3', outcome: 'ok' },
  'slow-drip': { fault: 'slow-drip=1', outcome: 'ok' },
  'join-events': { fault: 'join-events=3', outcome: 'ok' },
  'slow-headers': { fault: 'slow-headers=50', outcome: 'ok' },
  gzip: { fault: 'gzip', outcome: 'ok' },
  'no-chunked': { fault: 'no-chunked', outcome: 'ok' },
  'stall-after': { fault: 'stall-after=3:200', outcome: 'ok' },
  'wrong-usage': { fault: 'wrong-usage=5', outcome: 'ok' },
}

const TOKENS = 8

test('every fault has its line here', () => {
  expect(Object.keys(REPORTED).sort()).toEqual(WIRE_FAULTS.map(({ kind }) => kind).sort())
})

test.each(Object.values(REPORTED))(
  'of $fault Metron reports $outcome, and of the others that they were well',
  async ({ fault, outcome }) => {
    const records = await runWith(fault)
    const outcomes = records.map(({ outcome }) => (outcome.kind === 'ok' ? 'ok' : outcome.reason))
    expect(new Set(outcomes)).toEqual(new Set(outcome === 'ok' ? ['ok'] : ['ok', outcome]))
    if (fault === 'wrong-usage=5')
      expect(new Set(records.map(({ output }) => output.serverTokens))).toEqual(new Set([TOKENS, TOKENS + 5]))
    for (const { outcome: each, chunks } of records)
      if (each.kind === 'ok' && fault !== 'wrong-usage=5')
        expect(
          Array.from(chunks.tokens!).reduce((sum, count) => sum + count, 0),
          fault,
        ).toBe(TOKENS)
  },
)

test('the page about the simulator tells what Metron reports of each', () => {
  const page = readFileSync('docs/explain/simulator.md', 'utf8')
  for (const { kind, summary } of WIRE_FAULTS)
    expect(page).toMatch(
      new RegExp(
        `^\\| \`${kind}[^\`]*\` \\| ${summary.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&')} \\| ${REPORTED[kind]!.outcome} \\|$`,
        'm',
      ),
    )
})

/** A run against the embedded engine in which every second request or so has the fault. Pre-flight must escape it: another seed then. */
async function runWith(fault: string) {
  using runs = temporaryFolder()
  for (let seed = 1; ; seed++) {
    const run = await bench({
      engine: 'sim:fast',
      simulator: { faults: [`${fault}@50%`] },
      target: { headersTimeout: '1s', streamTimeout: '1s' },
      load: { users: 8, requests: 24, warmup: 0, seed, drain: '60s' },
      workload: { prompt: 20, output: TOKENS },
      output: { runs: runs.path },
    }).catch((error: { code?: string }) => {
      if (error.code === 'preflight-failed' && seed < 12) return null
      throw error
    })
    if (run !== null) return (await readRun(run.folder)).records
  }
}
