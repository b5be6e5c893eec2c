import { FAILURE_REASONS } from '../records/outcome.ts'
import { RECORD_SCHEMA_VERSION, type RequestRecord, type TokenSource } from '../records/request-record.ts'
import type { JournalLine } from './journal-line.ts'
import { journalLineSchema } from './journal-line-schema.ts'

const TOKEN_SOURCES: readonly (TokenSource | null)[] = [
  'token-ids',
  'usage',
  'tokenizer',
  'usage-total',
  'chunk',
  null,
]

/**
 * A parsed journal line as a record whose chunk columns are typed arrays (`Float64Array` ns, `Int32Array` chars and
 * tokens). Accepts exactly what `journalLineSchema` accepts: a hand-written check, much faster, says yes to good
 * lines, and the schema explains the others.
 *
 * @throws ZodError whose issues name the fields
 */
export function parseJournalLine(value: unknown): RequestRecord {
  const { v: _version, ...line } = isJournalLine(value) ? value : journalLineSchema.parse(value)
  const { ns, channels, chars, tokens } = line.chunks
  return {
    ...line,
    chunks: {
      ns: new Float64Array(ns),
      channels,
      chars: new Int32Array(chars),
      tokens: tokens && new Int32Array(tokens),
    },
  }
}

/** The fast check. Exported for the test that compares it with the schema. */
export function isJournalLine(value: unknown): value is JournalLine {
  if (!hasKeys(value, 12)) return false
  const { moments, prompt, output } = value
  return (
    value.v === RECORD_SCHEMA_VERSION &&
    isCount(value.id) &&
    isCount(value.worker) &&
    hasKeys(moments, 5) &&
    Number.isSafeInteger(moments.dueNs) &&
    Number.isSafeInteger(moments.dispatchedNs) &&
    isIntegerOrNull(moments.sentNs) &&
    isIntegerOrNull(moments.headersNs) &&
    Number.isSafeInteger(moments.endNs) &&
    isOutcome(value.outcome) &&
    isCount(value.attempts) &&
    value.attempts > 0 &&
    isIntegerOrNull(value.connectNs) &&
    hasKeys(prompt, 3) &&
    isCount(prompt.wantedTokens) &&
    isCountOrNull(prompt.serverTokens) &&
    isCountOrNull(prompt.cachedTokens) &&
    hasKeys(output, 3) &&
    isCount(output.wantedTokens) &&
    isCountOrNull(output.serverTokens) &&
    isStringOrNull(output.finishReason) &&
    isChunks(value.chunks) &&
    TOKEN_SOURCES.includes(value.tokenSource as TokenSource | null) &&
    isStringOrNull(value.text)
  )
}

function isOutcome(value: unknown): boolean {
  if (hasKeys(value, 1)) return value.kind === 'ok'
  return (
    hasKeys(value, 4) &&
    value.kind === 'failed' &&
    typeof value.reason === 'string' &&
    Object.hasOwn(FAILURE_REASONS, value.reason) &&
    typeof value.detail === 'string' &&
    (value.status === null || isInt32(value.status))
  )
}

function isChunks(value: unknown): boolean {
  if (!hasKeys(value, 4) || !Array.isArray(value.ns) || typeof value.channels !== 'string') return false
  const { ns, channels, chars, tokens } = value
  let previousNs = Number.MIN_SAFE_INTEGER
  for (const at of ns) {
    if (!Number.isSafeInteger(at) || at < previousNs) return false
    previousNs = at
  }
  return (
    channels.length === ns.length &&
    /^[art]*$/.test(channels) &&
    isCounts(chars, ns.length) &&
    (tokens === null || isCounts(tokens, ns.length))
  )
}

function isCounts(values: unknown, length: number): boolean {
  if (!Array.isArray(values) || values.length !== length) return false
  for (const value of values) if (!isCount(value)) return false
  return true
}

function hasKeys(value: unknown, count: number): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.keys(value).length === count
}

/** `| 0` keeps just the integers that an Int32Array can hold. */
function isInt32(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value
}

function isCount(value: unknown): value is number {
  return isInt32(value) && value >= 0
}

function isCountOrNull(value: unknown): boolean {
  return value === null || isCount(value)
}

function isIntegerOrNull(value: unknown): boolean {
  return value === null || Number.isSafeInteger(value)
}

function isStringOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string'
}
