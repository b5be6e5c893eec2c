import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createPacedPacket } from '../../../src/calibration/paced-packet.ts'
import { PACING_PATTERNS } from '../../../src/calibration/pacing-pattern.ts'
import { assembleRecord } from '../../../src/clients/assemble-record.ts'
import { ChunkColumns } from '../../../src/clients/chunk-columns.ts'
import { chatCompletions } from '../../../src/clients/openai/chat-completions.ts'
import { createResponseDecoder } from '../../../src/clients/response-decoder.ts'
import { createEventFramer } from '../../../src/clients/sse/event-framer.ts'
import { createMonotonicClock } from '../../../src/clock/monotonic-clock.ts'
import type { ExchangeEnd, ExchangeSegment } from '../../../src/engine/exchange.ts'
import { ExchangeRecorder } from '../../../src/engine/exchange-recorder.ts'
import { openJournal } from '../../../src/storage/journal-writer.ts'

/** An answer of usual length, one chunk a read. */
export const CHUNKS = 500
const ANSWERS = 200
const STEADY = PACING_PATTERNS.find(({ kind }) => kind === 'steady')!

const httpChunk = Buffer.from(createPacedPacket(STEADY).stamp(1e15, 0, 0, 0)).toString('latin1')
const event = Buffer.from(httpChunk.slice(httpChunk.indexOf('data:'), httpChunk.lastIndexOf('\r\n')))
const data = event.toString('latin1').slice('data: '.length).trimEnd()

export type Stage = 'stamp' | 'store' | 'handOver' | 'frame' | 'parse' | 'record' | 'journal'

/** CPU of each stage alone, ns a chunk: many times over, hot, the best of five rounds, one chunk a read. */
export async function stagesNs(): Promise<Record<Stage, number>> {
  const clock = createMonotonicClock()
  const segments = record(() => {})
  const stored = measureNs(() => void record(() => {}))
  const columnsEvent = chatCompletions.readEvent(data)
  return {
    stamp: measureNs(() => {
      for (let i = 0; i < CHUNKS; i++) clock.nowNs()
    }),
    store: stored,
    handOver: await handOverNs(),
    frame: measureNs(() => {
      const framer = createEventFramer({ onEvent() {}, onOverflow() {} })
      for (let i = 0; i < CHUNKS; i++) framer.feed(event)
    }),
    parse: measureNs(() => {
      for (let i = 0; i < CHUNKS; i++) chatCompletions.readEvent(data)
    }),
    record: measureNs(() => {
      const columns = new ChunkColumns()
      for (let i = 0; i < CHUNKS; i++) columns.add(i, columnsEvent)
      columns.finish()
    }),
    journal: journalNs(segments),
  }
}

/** Stores the reads of one answer as a stamping thread does. */
function record(onSegment: (segment: ExchangeSegment) => void): {
  segments: ExchangeSegment[]
  end: ExchangeEnd
} {
  const segments: ExchangeSegment[] = []
  let end: ExchangeEnd | undefined
  const sink = {
    segment(segment: ExchangeSegment) {
      segments.push(segment)
      onSegment(segment)
    },
    end(ended: ExchangeEnd) {
      end = ended
    },
  }
  const request = { id: 8, dueNs: 0, prompt: 'x', promptTokens: 1, outputTokens: CHUNKS }
  const recorder = new ExchangeRecorder(request, { dueNs: 0, dispatchedNs: 0 }, 0, sink, () => {})
  recorder.onSent(1)
  recorder.onHeaders(2, 200, { 'content-type': 'text/event-stream' })
  for (let i = 0; i < CHUNKS; i++) recorder.onData(1e6 * i, event)
  recorder.onEnd(1e9)
  return { segments, end: end! }
}

/** Posting and receiving both run on this thread here: the sum of what the two threads pay. */
async function handOverNs(): Promise<number> {
  const { port1, port2 } = new MessageChannel()
  let left = 0
  let onAll: () => void = () => {}
  port2.on('message', () => {
    left -= 1
    if (left === 0) onAll()
  })
  let bestNs = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const all = Array.from({ length: ANSWERS }, () => record(() => {}).segments).flat()
    left = all.length
    const received = new Promise<void>((resolve) => {
      onAll = resolve
    })
    const start = process.threadCpuUsage()
    for (const segment of all)
      port1.postMessage({ kind: 'segment', segment }, [
        segment.bytes.buffer as ArrayBuffer,
        segment.readEnds.buffer as ArrayBuffer,
        segment.readNs.buffer as ArrayBuffer,
      ])
    await received
    const { user, system } = process.threadCpuUsage(start)
    bestNs = Math.min(bestNs, ((user + system) * 1e3) / (ANSWERS * CHUNKS))
  }
  port1.close()
  return bestNs
}

function journalNs({ segments, end }: { segments: ExchangeSegment[]; end: ExchangeEnd }): number {
  const decoder = createResponseDecoder(chatCompletions)
  for (const segment of segments) decoder.feed(segment)
  const request = { id: 8, promptTokens: 1, outputTokens: CHUNKS }
  const whole = assembleRecord({ request, end, decoded: decoder.finish(end), keepText: true })
  const folder = mkdtempSync(join(tmpdir(), 'metron-loadgen-'))
  const journal = openJournal(join(folder, 'journal.jsonl'))
  const ns = measureNs(() => journal.append([whole]))
  journal.close()
  rmSync(folder, { recursive: true })
  return ns
}

/** CPU for each chunk of an answer: the best of five rounds. */
function measureNs(answer: () => void): number {
  let bestNs = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round++) {
    const start = process.threadCpuUsage()
    for (let i = 0; i < ANSWERS; i++) answer()
    const { user, system } = process.threadCpuUsage(start)
    bestNs = Math.min(bestNs, ((user + system) * 1e3) / (ANSWERS * CHUNKS))
  }
  return bestNs
}
