import type { RequestRecord } from '../records/request-record.ts'

/** Whether a request was handed to the client. One that was due but held back until the run ended has a record too. */
export function wasDispatched({ moments }: RequestRecord): boolean {
  return moments.sentNs !== null || moments.endNs > moments.dispatchedNs
}
