import { expect, test } from 'vitest'
import { IMPORT_SAMPLES, readImportSample } from '../../test/import-samples.ts'
import { MetronError } from '../errors/metron-error.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { formatJournalLine } from '../storage/journal-line.ts'
import { parseJournalLine } from '../storage/parse-journal-line.ts'
import { importFile } from './import-file.ts'
import { IMPORTERS } from './importers.ts'

const KINDS = Object.keys(IMPORT_SAMPLES)
const read = (kind: string, text = readImportSample(kind)) =>
  importFile({ path: IMPORT_SAMPLES[kind]!, text }).run

/** Arrivals since the sending, in ms, each with its tokens. */
function timeline({ moments, chunks }: RequestRecord): (readonly [number, number])[] {
  return Array.from(chunks.ns, (at, c) => [(at - moments.sentNs!) / 1e6, chunks.tokens![c]!] as const)
}

function failureOf(action: () => unknown): MetronError {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(MetronError)
    return error as MetronError
  }
  throw new Error('nothing was thrown')
}

test('there is a sample file of every importer, and each is recognised by its fields', () => {
  expect(IMPORTERS.map(({ kind }) => kind).sort()).toEqual([...KINDS].sort())
  for (const kind of KINDS)
    expect(importFile({ path: 'any', text: readImportSample(kind) }).importer.kind, kind).toBe(kind)
})

test.each(KINDS)('%s: its records are such as a journal holds, and its limits are told', (kind) => {
  const { records, limits } = read(kind)
  for (const record of records)
    expect(parseJournalLine(JSON.parse(formatJournalLine(record)))).toEqual(record)
  expect(records.map(({ id }) => id)).toEqual(records.map((_, index) => index))
  expect(limits.length).toBeGreaterThan(1)
})

test('vLLM: start times are moved to 0, the first chunk keeps the first token, a failure its last line', () => {
  const { records, hasDueTimes, model, users } = read('vllm')
  expect(records.map(({ moments }) => moments.sentNs! / 1e6)).toEqual([0, 250, 750, 1500])
  // 4 tokens in 5 chunks: the chunk just after the role has none.
  expect(timeline(records[0]!)).toEqual([
    [200, 1],
    [200.1, 0],
    [220.1, 1],
    [240.1, 1],
    [540.1, 1],
  ])
  // 3 tokens in 2 chunks.
  expect(timeline(records[3]!)).toEqual([
    [100, 1],
    [140, 2],
  ])
  expect(records[1]!.outcome).toMatchObject({
    kind: 'failed',
    reason: 'unknown',
    detail: 'TimeoutError: no answer',
  })
  expect({ hasDueTimes, model, users }).toEqual({
    hasDueTimes: false,
    model: 'example/Model-8B',
    users: null,
  })
})

test('SGLang: without start times all begin at 0, which is told; a cap without a rate is a closed loop', () => {
  const { records, users, limits } = read('sglang')
  expect(records.map(({ moments }) => moments.dueNs)).toEqual([0, 0])
  expect(timeline(records[1]!).map(([at]) => at)).toEqual([250, 275, 475, 500])
  expect(users).toBe(2)
  expect(limits.join(' ')).toContain('no start times')
})

test('AIPerf: a credit is the due moment, warm-up is left to the warm-up window, failures keep their status', () => {
  const { records, hasDueTimes, measureFromNs, startedAt } = read('aiperf')
  expect(hasDueTimes).toBe(true)
  expect(measureFromNs).toBe(500e6)
  expect(startedAt).toBe('2025-10-07T05:00:07.000Z')
  expect(records[1]!.moments).toMatchObject({ dueNs: 500e6, sentNs: 500e6 + 2048, endNs: 800e6 + 2048 })
  expect(timeline(records[1]!)).toEqual([
    [255.5, 2],
    [260, 2],
    [280.25, 2],
  ])
  expect(records[2]!).toMatchObject({
    moments: { dueNs: 900e6, sentNs: 1e9 },
    outcome: { kind: 'failed', reason: 'rate-limited', status: 429 },
  })
  expect(timeline(records[3]!)).toEqual([[40, 1]])
})

test('Etalon: seconds of parallel columns; a request without a token is empty', () => {
  const { records } = read('etalon')
  expect(timeline(records[0]!)).toEqual([
    [200, 1],
    [220, 1],
    [240, 1],
    [540, 1],
  ])
  expect(records[2]!.chunks.ns).toHaveLength(0)
  expect(records.map(({ prompt }) => prompt.wantedTokens)).toEqual([100, 200, 50])
})

test('Veeksha: due when the scheduler took it up, sent when a client did; an answer in one piece comes at its end', () => {
  const { records, limits } = read('veeksha')
  expect(records[1]!.moments).toMatchObject({ dueNs: 500e6, sentNs: 525.5e6 })
  expect(timeline(records[1]!)).toEqual([
    [200, 2],
    [500, 2],
  ])
  expect(timeline(records[2]!)).toEqual([[500, 5]])
  expect(limits.join(' ')).toContain('1 requests were not streamed')
})

test.each(KINDS)('%s: cut off after any byte it is an error of the file, or its whole lines', (kind) => {
  const text = readImportSample(kind)
  const whole = read(kind).records.length
  const lines = text.trimEnd().split('\n')
  for (let cut = 0; cut < text.length; cut++) {
    const part = text.slice(0, cut)
    const complete = part.split('\n').filter((line) => lines.includes(line)).length
    const isWhole =
      part.trim() !== '' && part.split('\n').every((line) => line === '' || lines.includes(line))
    if (isWhole) {
      expect(read(kind, part).records.length).toBe(lines.length === 1 ? whole : complete)
      continue
    }
    const { code, message } = failureOf(() => importFile({ path: IMPORT_SAMPLES[kind]!, text: part }, kind))
    expect(code).toBe('bad-input-file')
    expect(message).toContain(IMPORT_SAMPLES[kind])
    if (part.trim() !== '') expect(message).toContain(`line ${part.trimEnd().split('\n').length}`)
  }
})

test.each<readonly [kind: string, from: string | RegExp, to: string, says: string]>([
  ['vllm', '"ttfts": [0.2,', '"ttfts": ["soon",', 'vllm.json line 1: field ttfts[0]: expected number'],
  ['vllm', '0.02, 0.3]', '0.02, -0.3]', 'field itls[0][3]: Too small'],
  [
    'vllm',
    '"output_lens": [4, 0, 2, 3]',
    '"output_lens": [4, 0, 2]',
    'field output_lens: has 3 entries, but ttfts has 4',
  ],
  ['vllm', '"input_lens": [32, 24, 40, 16], ', '', 'field input_lens'],
  ['vllm', '183.33', 'NaN', 'line 1: it holds NaN or Infinity'],
  ['sglang', '"output_lens": [4, 4]', '"output_lens": [4, 4.5]', 'field output_lens[1]'],
  [
    'aiperf',
    '"unit": "ms"}, "inter_chunk_latency": {"value": [4.5',
    '"unit": "ticks"}, "inter_chunk_latency": {"value": [4.5',
    'aiperf.jsonl line 2: field metrics.time_to_first_token.unit',
  ],
  [
    'aiperf',
    '"inter_chunk_latency": {"value": [4.5, 20.25], "unit": "ms"}, ',
    '',
    'line 2: field metrics.inter_chunk_latency: is missing',
  ],
  [
    'aiperf',
    '"time_to_first_token": {"value": 40.0, "unit": "ms"}, "request_latency": {"value": 40.0, "unit": "ms"}, ',
    '',
    'line 4: field metrics.time_to_first_token: is missing',
  ],
  [
    'aiperf',
    '"request_start_ns": 1759813207500002048',
    '"request_start_ns": 1759813207400002048',
    'line 2: field metadata.request_start_ns: is earlier',
  ],
  ['etalon', '[0.05]', '0.05', 'etalon.json line 1: field tbt[1]: expected array'],
  ['veeksha', '"ttfc": 0.2', '"ttfc": null', 'veeksha.jsonl line 2: field ttfc: expected number'],
  [
    'veeksha',
    '"client_picked_up_at": 1000.5255',
    '"client_picked_up_at": 1000.4',
    'line 2: field client_picked_up_at: is earlier',
  ],
])('%s: a wrong field is named with file and line: %s -> %s', (kind, from, to, says) => {
  const text = readImportSample(kind)
  expect(text).toContain(from)
  const { code, message } = failureOf(() => read(kind, text.replace(from, to)))
  expect(message).toContain(says)
  expect(code).toBe('bad-input-file')
})

test('in a document of many lines the line of the field is named', () => {
  const table = JSON.parse(readImportSample('vllm'))
  table.itls[2][0] = 'late'
  const text = JSON.stringify(table, null, 1)
  const line = text.split('\n').findIndex((each) => each.includes('late')) + 1
  expect(failureOf(() => read('vllm', `\n${text}`)).message).toContain(`line ${line + 1}: field itls[2][0]`)
})

test('two results in one file are refused, and the line of the second is named', () => {
  const text = readImportSample('sglang')
  expect(failureOf(() => read('sglang', text + text)).message).toContain(
    'sglang.jsonl line 2: a second result begins',
  )
})

test.each([
  [
    'a summary without times of chunks',
    '{"mean_ttft_ms": 183.3}',
    'line 1: no field tells which tool wrote it',
  ],
  ['a table', 'id,ttft\n1,0.2\n', 'line 1: it is not valid JSON'],
  ['a number', '12', 'line 1: no field tells'],
  ['null', 'null', 'line 1: no field tells'],
  ['a list', '[]', 'line 1: no field tells'],
])('a foreign file is refused: %s', (_name, text, says) => {
  const { code, message } = failureOf(() => importFile({ path: 'other.json', text }))
  expect(message).toContain(`other.json ${says}`)
  expect(code).toBe('bad-input-file')
})

test.each(KINDS)('%s: the file of every other tool is refused with its place', (kind) => {
  for (const other of KINDS.filter((each) => each !== kind && !isSameTable(each, kind)))
    expect(
      failureOf(() => importFile({ path: 'file', text: readImportSample(other) }, kind)).message,
    ).toMatch(/line \d+: (field \w+|a second result)/)
})

/** vLLM and SGLang write the same columns. */
function isSameTable(a: string, b: string): boolean {
  return [a, b].every((kind) => kind === 'vllm' || kind === 'sglang')
}
