import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventFramer, type FramedEvent } from './event-framer.ts'

const utf8 = new TextEncoder()

/** Events with the index of the read that completed each; -1: given out at the end of the body. */
function frame(reads: readonly Uint8Array[], maxEventChars?: number) {
  const events: (FramedEvent & { read: number })[] = []
  let read = 0
  let overflows = 0
  const framer = createEventFramer({
    onEvent: (event) => events.push({ ...event, read }),
    onOverflow: () => {
      overflows += 1
    },
    ...(maxEventChars === undefined ? {} : { maxEventChars }),
  })
  for (const bytes of reads) {
    framer.feed(bytes)
    read += 1
  }
  read = -1
  framer.finish()
  return { events, overflows }
}

const NASTY = [
  '\uFEFF: a comment first\r\n\r\n',
  'data: plain\n\n',
  'data:no space\r\rdata: carriage returns\r\r',
  'event: error\r\ndata: {"a":1}\r\n\r\n',
  'id: 7\nretry: 10\ndata: two\ndata:  lines\n\n',
  ':keep-alive\n\n',
  'data\n\n',
  'unknown: field\ndatax: no\ndata: žluťoučký 🐎 日本語\n\n',
  'data: \u2028 and \u0000 inside\n\n',
  'data: [DONE]\n\n',
].join('')

const NASTY_EVENTS = [
  ['plain', undefined],
  ['no space', undefined],
  ['carriage returns', undefined],
  ['{"a":1}', 'error'],
  ['two\n lines', undefined],
  ['žluťoučký 🐎 日本語', undefined],
  ['\u2028 and \u0000 inside', undefined],
  ['[DONE]', undefined],
]

test('gives the events that the rules of the HTML standard give for a stream with every oddity', () => {
  const { events } = frame([utf8.encode(NASTY)])
  expect(events.map(({ data, type }) => [data, type])).toEqual(NASTY_EVENTS)
})

test('gives equal events when the stream is split in two at every byte offset', () => {
  const bytes = utf8.encode(NASTY)
  for (let at = 0; at <= bytes.length; at += 1) {
    const { events } = frame([bytes.subarray(0, at), bytes.subarray(at)])
    expect(
      events.map(({ data, type }) => [data, type]),
      `split at ${at}`,
    ).toEqual(NASTY_EVENTS)
  }
})

test('gives equal events when every byte comes alone, with empty reads between', () => {
  const reads = [...utf8.encode(NASTY)].flatMap((byte) => [Uint8Array.of(byte), new Uint8Array()])
  expect(frame(reads).events.map(({ data, type }) => [data, type])).toEqual(NASTY_EVENTS)
})

test('gives each event in the very read that brought its closing blank line, for every split in two', () => {
  const events = ['data: one\n\n', 'data: dvě\n\n', ': comment\n\n', 'data: 三\n\n']
  const bytes = utf8.encode(events.join(''))
  const ends = [0, 1, 3].map((i) => utf8.encode(events.slice(0, i + 1).join('')).length)
  for (let at = 0; at <= bytes.length; at += 1) {
    const read = frame([bytes.subarray(0, at), bytes.subarray(at)]).events.map((event) => event.read)
    expect(read, `split at ${at}`).toEqual(ends.map((end) => (end <= at ? 0 : 1)))
  }
})

test('gives each event in the read that completed it for any events in any reads', () => {
  const line = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map((text) => text.replace(/[\r\n\uFEFF]/g, '-').toWellFormed())
  const event = fc.array(line, { minLength: 1, maxLength: 3 }).filter((lines) => lines.join('\n') !== '')
  const cuts = fc.array(fc.nat(400), { maxLength: 12 })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 8 }), cuts, (wanted, offsets) => {
      const blocks = wanted.map((lines) => `${lines.map((text) => `data: ${text}\n`).join('')}\n`)
      const bytes = utf8.encode(blocks.join(''))
      const at = [0, ...offsets.filter((offset) => offset < bytes.length), bytes.length].sort((a, b) => a - b)
      const reads = at.slice(1).map((end, i) => bytes.subarray(at[i], end))
      let end = 0
      const expected = wanted.map((lines, i) => {
        end += utf8.encode(blocks[i]!).length
        return { data: lines.join('\n'), type: undefined, read: at.slice(1).findIndex((cut) => cut >= end) }
      })
      expect(frame(reads).events).toEqual(expected)
    }),
  )
})

test('an event of 1 MB comes out whole from reads of any size', () => {
  const data = `${'ž🐎x'.repeat(150_000)}`
  const bytes = utf8.encode(`data: ${data}\n\n`)
  for (const size of [1021, 16_384, 65_537, bytes.length]) {
    const reads = []
    for (let at = 0; at < bytes.length; at += size) reads.push(bytes.subarray(at, at + size))
    const { events } = frame(reads)
    expect(events).toHaveLength(1)
    expect(events[0]!.data === data).toBe(true)
    expect(events[0]!.read).toBe(reads.length - 1)
  }
})

test('a last event without its closing blank line is given out at the end', () => {
  expect(frame([utf8.encode('data: a\n\ndata: b\n')]).events.at(-1)).toEqual({
    data: 'b',
    type: undefined,
    read: -1,
  })
  expect(frame([utf8.encode('data: a\n\ndata: b')]).events.map((event) => event.data)).toEqual(['a', 'b'])
})

test('events without data are dropped and bad UTF-8 becomes U+FFFD', () => {
  expect(frame([utf8.encode('event: ping\n\ndata:\n\ndata: \n\n')]).events).toEqual([])
  const cut = Uint8Array.of(...utf8.encode('data: '), 0xf0, 0x9f, 10, 10)
  expect(frame([cut]).events[0]!.data).toBe('\uFFFD')
})

test('a body without lines of the format is dropped without being kept, one endless event ends in an overflow', () => {
  const block = utf8.encode('<'.repeat(1000))
  expect(frame(new Array(100).fill(block), 5000)).toEqual({ events: [], overflows: 0 })
  const reads = [utf8.encode('data: first\n\ndata: '), ...new Array(100).fill(block)]
  const { events, overflows } = frame(reads, 5000)
  expect(events.map((event) => event.data)).toEqual(['first'])
  expect(overflows).toBe(1)
})
