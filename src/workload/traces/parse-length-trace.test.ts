import { expect, test } from 'vitest'
import { MetronError } from '../../errors/metron-error.ts'
import { parseLengthTrace } from './parse-length-trace.ts'

const HEADER = 'num_prefill_tokens,num_decode_tokens'
const lengths = (promptTokens: number, outputTokens: number) => ({ promptTokens, outputTokens })

test('rows come in the order of the file', () => {
  expect(parseLengthTrace(`${HEADER}\n10,20\n3,4\n10,20\n`, 't.csv')).toEqual([
    lengths(10, 20),
    lengths(3, 4),
    lengths(10, 20),
  ])
})

test('columns may come in any order among others, with CRLF, quotes, spaces and a byte order mark', () => {
  const text =
    '\uFEFFarrived_at,num_decode_tokens,"text", num_prefill_tokens\r\n0.5,20,"a,\r\nb",10\r\n0.7, 4 ,,"3"\r\n'
  expect(parseLengthTrace(text, 't.csv')).toEqual([lengths(10, 20), lengths(3, 4)])
})

test('lengths are scaled, rounded and kept at least 1, and then trimmed to the total', () => {
  const text = `${HEADER}\n10,20\n1,1\n6000,4000\n`
  const options = { prefillScale: 0.25, decodeScale: 0.5, maxTotalTokens: 700 }
  expect(parseLengthTrace(text, 't.csv', options)).toEqual([lengths(3, 10), lengths(1, 1), lengths(300, 400)])
  expect(parseLengthTrace(text, 't.csv', { maxTotalTokens: null })[2]).toEqual(lengths(6000, 4000))
})

const malformed: Record<string, [text: string, message: string]> = {
  'an empty file': ['', 't.csv:1: the file is empty'],
  'a file of blank lines': ['\n\n', 't.csv:1: the file is empty'],
  'a header without rows': [`${HEADER}\n`, 't.csv:1: the file has a header but no rows'],
  'no header': ['10,20\n', 't.csv:1: the header has no column num_prefill_tokens'],
  'a missing column': [
    'num_prefill_tokens,decode\n1,2\n',
    't.csv:1: the header has no column num_decode_tokens',
  ],
  'a column that comes twice': [
    `${HEADER},num_decode_tokens\n1,2,3\n`,
    't.csv:1: column num_decode_tokens comes twice',
  ],
  'a short row': [`${HEADER}\n1,2\n3\n`, 't.csv:3: 1 fields where the header has 2'],
  'a long row': [`${HEADER}\n1,2,3\n`, 't.csv:2: 3 fields where the header has 2'],
  'an open quote': [`${HEADER}\n1,"2\n`, 't.csv:2: a quoted field is never closed'],
  ...Object.fromEntries(
    ['1.5', '12.0', '0', '-3', '', 'many', '1e3', '0x10', '99999999999999999999', 'NaN'].map((value) => [
      `the length ${JSON.stringify(value)}`,
      [
        `${HEADER}\n1,2\n\n7,${value}\n`,
        `t.csv:4: num_decode_tokens must be an integer of at least 1, not ${JSON.stringify(value)}`,
      ] satisfies [string, string],
    ]),
  ),
}
for (const [name, [text, message]] of Object.entries(malformed)) {
  test(`${name} is an error that names file, line and field`, () => {
    const error = caught(() => parseLengthTrace(text, 't.csv'))
    expect(error.message).toBe(message)
    expect(error.code).toBe('bad-input-file')
    expect(error.hint).toBeTruthy()
  })
}

test('a field of a thousand characters is cut in the message', () => {
  const error = caught(() => parseLengthTrace(`${HEADER}\n${'x'.repeat(1000)},2\n`, 't.csv'))
  expect(error.message.length).toBeLessThan(140)
})

test('scales and totals that make no sense are errors of the config', () => {
  for (const options of [
    { prefillScale: 0 },
    { decodeScale: -1 },
    { decodeScale: Number.POSITIVE_INFINITY },
    { maxTotalTokens: 1 },
    { maxTotalTokens: 2.5 },
  ]) {
    expect(caught(() => parseLengthTrace(`${HEADER}\n1,2\n`, 't.csv', options)).code).toBe('bad-config')
  }
})

function caught(run: () => unknown): MetronError {
  try {
    run()
  } catch (error) {
    if (error instanceof MetronError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
