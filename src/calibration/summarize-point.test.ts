import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import type { RequestRecord } from '../records/request-record.ts'
import type { PointSetting } from './point-setting.ts'
import { spreadOf, summarizePoint } from './summarize-point.ts'

const setting: PointSetting = {
  pattern: 'steady',
  workers: 1,
  streams: 2,
  perStreamPerSec: 2,
  windowNs: 1e9,
}
const ZERO = 5e12

/** A stream whose chunks are stamped so many ns after the server's clock. */
function stream(id: number, sentNs: readonly number[], errorsNs: readonly number[]): RequestRecord {
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0')
  const texts = sentNs.map(
    (ns, i) => `${pad(ns + ZERO, 16)} ${pad(i, 8)} ${pad(100 * (i + 1), 10)} ${pad(7000, 10)} token`,
  )
  return {
    ...makeRecord({
      id,
      arrivalsNs: sentNs.map((ns, i) => ns + errorsNs[i]!),
      dispatchedNs: 5000 * (id + 1),
    }),
    text: texts.join(''),
    chunks: {
      ns: sentNs.map((ns, i) => ns + errorsNs[i]!),
      channels: 'aaa',
      chars: texts.map((text) => text.length),
      tokens: [1, 1, 1],
    },
  }
}

const records = [
  stream(0, [0.1e9, 0.6e9, 1.1e9], [10_000, 20_000, 30_000]),
  stream(1, [0.2e9, 0.7e9, 1.7e9], [40_000, 50_000, 60_000]),
]

const observation = {
  setting,
  records,
  eventsPerStream: 3,
  zeroNs: ZERO,
  window: { fromNs: 0.5e9, toNs: 1.5e9 },
  cpu: [],
}

test('errors are those of the chunks stamped within the window; counts are those of all', () => {
  expect(summarizePoint(observation)).toEqual({
    pattern: 'steady',
    workers: 1,
    streams: 2,
    perStreamPerSec: 2,
    chunksPerSec: 3,
    expectedChunks: 6,
    stampedChunks: 6,
    failedStreams: 0,
    // By hand: 20, 30, 50 µs; type 7 at 0.99 lies 0.98 of the way from 30 to 50.
    stampError: { p50Ns: 30_000, p99Ns: 49_600, maxNs: 50_000 },
    dispatchError: { p50Ns: 7500, p99Ns: 9950, maxNs: 10_000 },
    serverLag: { p50Ns: 200, p99Ns: 298, maxNs: 300 },
    serverWrite: { p50Ns: 7000, p99Ns: 7000, maxNs: 7000 },
    threadCpuPerChunkNs: null,
    processCpuPerChunkNs: null,
  })
})

test('CPU a chunk is counted between the readings within the window', () => {
  const reading = (atNs: number, ns: number) => ({ atNs, threadsNs: ns, processNs: 3 * ns })
  const cpu = [
    reading(0.4e9, 0),
    reading(0.65e9, 1e6),
    reading(1e9, 1.5e6),
    reading(1.4e9, 2e6),
    reading(1.6e9, 9e6),
  ]
  // Two chunks come from 0.65 s to 1.4 s.
  expect(summarizePoint({ ...observation, cpu })).toMatchObject({
    threadCpuPerChunkNs: 500_000,
    processCpuPerChunkNs: 1_500_000,
  })
  expect(
    summarizePoint({ ...observation, cpu: cpu.map((each) => ({ ...each, threadsNs: null })) }),
  ).toMatchObject({ threadCpuPerChunkNs: null, processCpuPerChunkNs: 1_500_000 })
})

test('flat out the window is from the first chunk to the last, and there is no lag', () => {
  const point = summarizePoint({ ...observation, setting: { ...setting, pattern: 'flat-out' }, window: null })
  expect(point.serverLag).toBeNull()
  expect(point.perStreamPerSec).toBeNull()
  expect(point.chunksPerSec).toBeCloseTo(6 / 1.60005, 6)
})

test('streams that failed or never ended are counted, and nothing at all gives nulls', () => {
  const failed = { ...makeRecord({ failure: 'unfinished', sentNs: null }), text: '' }
  expect(summarizePoint({ ...observation, records: [failed] })).toMatchObject({
    failedStreams: 2,
    stampedChunks: 0,
    chunksPerSec: 0,
    stampError: null,
    dispatchError: null,
  })
})

test('the spread of nothing is null', () => {
  expect(spreadOf([])).toBeNull()
})
