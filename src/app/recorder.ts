import { assembleRecord } from '../clients/assemble-record.ts'
import type { Protocol } from '../clients/protocol.ts'
import { createResponseDecoder, type ResponseDecoder } from '../clients/response-decoder.ts'
import type { ExchangeEnd, ExchangeSegment } from '../engine/exchange.ts'
import type { RequestRecord } from '../records/request-record.ts'
import type { Plan } from '../workload/plan.ts'

export interface Recorder {
  segment(segment: ExchangeSegment): void
  end(end: ExchangeEnd): void
  /** All requests that have ended, in the order in which they ended. */
  readonly records: readonly RequestRecord[]
}

/**
 * Turns what stamping threads saw into records, on the main thread: frames and parses bodies as they come, so that
 * only text and stamps are kept, and calls `onRecord` as each request ends. `cleanDetail` takes secrets out of what
 * failures say.
 */
export function createRecorder(
  plan: Plan,
  protocol: Protocol,
  onRecord: (record: RequestRecord) => void,
  cleanDetail: (detail: string) => string,
): Recorder {
  const decoders = new Map<number, ResponseDecoder>()
  const records: RequestRecord[] = []

  function decoderOf(id: number): ResponseDecoder {
    let decoder = decoders.get(id)
    if (decoder === undefined) {
      decoder = createResponseDecoder(protocol)
      decoders.set(id, decoder)
    }
    return decoder
  }

  return {
    segment: (segment) => decoderOf(segment.id).feed(segment),
    end(end) {
      const decoded = decoderOf(end.id).finish(end)
      decoders.delete(end.id)
      const request = { id: end.id, ...plan.lengths(end.id) }
      const raw = assembleRecord({ request, end, decoded, keepText: true })
      const { outcome } = raw
      const record =
        outcome.kind === 'ok' ? raw : { ...raw, outcome: { ...outcome, detail: cleanDetail(outcome.detail) } }
      records.push(record)
      onRecord(record)
    },
    records,
  }
}
