import fc from 'fast-check'
import { FAILURE_REASONS, type FailureReason, type Outcome } from '../../src/records/outcome.ts'
import type { Channel, RequestRecord, TokenSource } from '../../src/records/request-record.ts'

/** Plain objects, as JSON makes them. */
function rec<T>(model: { [Key in keyof T]: fc.Arbitrary<T[Key]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true }) as fc.Arbitrary<T>
}

const count = fc.oneof(fc.nat(2000), fc.nat())
const momentNs = fc.oneof(fc.nat(), fc.maxSafeInteger())
const text = fc.string({ unit: 'binary', maxLength: 40 })

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant({ kind: 'ok' as const }),
  rec({
    kind: fc.constant('failed' as const),
    reason: fc.constantFrom(...(Object.keys(FAILURE_REASONS) as FailureReason[])),
    detail: text,
    status: fc.option(fc.nat(999)),
  }),
)

const chunks: fc.Arbitrary<RequestRecord['chunks']> = fc
  .array(
    rec({
      gapNs: fc.nat(),
      channel: fc.constantFrom<Channel>('a', 'r', 't'),
      chars: count,
      tokens: count,
    }),
    { maxLength: 20 },
  )
  .chain((list) =>
    rec({ startNs: fc.nat(2 ** 50), known: fc.boolean() }).map(({ startNs, known }) => {
      let atNs = startNs
      const ns = list.map(({ gapNs }) => {
        atNs += gapNs
        return atNs
      })
      return {
        ns: Float64Array.from(ns),
        channels: list.map(({ channel }) => channel).join(''),
        chars: Int32Array.from(list, (chunk) => chunk.chars),
        tokens: known ? Int32Array.from(list, (chunk) => chunk.tokens) : null,
      }
    }),
  )

/** Any record that the types allow, with typed arrays as readers return them. */
export const anyRecord: fc.Arbitrary<RequestRecord> = rec({
  id: count,
  worker: count,
  moments: rec({
    dueNs: momentNs,
    dispatchedNs: momentNs,
    sentNs: fc.option(momentNs),
    headersNs: fc.option(momentNs),
    endNs: momentNs,
  }),
  outcome,
  attempts: fc.integer({ min: 1, max: 9 }),
  connectNs: fc.option(momentNs),
  prompt: rec({ wantedTokens: count, serverTokens: fc.option(count), cachedTokens: fc.option(count) }),
  output: rec({ wantedTokens: count, serverTokens: fc.option(count), finishReason: fc.option(text) }),
  chunks,
  tokenSource: fc.option(
    fc.constantFrom<TokenSource>('token-ids', 'usage', 'tokenizer', 'usage-total', 'chunk'),
  ),
  text: fc.option(text),
})
