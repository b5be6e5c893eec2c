import { RECORD_SCHEMA_VERSION, type RequestRecord } from '../records/request-record.ts'

/** `T` as JSON holds it: typed arrays become plain arrays, and nothing is read-only. */
export type Plain<T> = unknown extends T
  ? T
  : T extends string | number | boolean | null
    ? T
    : T extends readonly (infer Item)[]
      ? Plain<Item>[]
      : T extends ArrayLike<infer Item>
        ? Item[]
        : { -readonly [Key in keyof T]: Plain<T[Key]> }

/** One line of `journal.jsonl`: a record with the version of its shape in front. */
export type JournalLine = { v: typeof RECORD_SCHEMA_VERSION } & Plain<RequestRecord>

/** One journal line, newline included. Never fails: a number that is not finite becomes `null`, which readers refuse. */
export function formatJournalLine(record: RequestRecord): string {
  const { ns, channels, chars, tokens } = record.chunks
  const chunks = {
    ns: toPlainArray(ns),
    channels,
    chars: toPlainArray(chars),
    tokens: tokens && toPlainArray(tokens),
  }
  return `${JSON.stringify({ v: RECORD_SCHEMA_VERSION, ...record, chunks })}\n`
}

// With JSON.stringify after it, a loop took two thirds of the time of Array.from and half that of joining texts.
function toPlainArray(values: ArrayLike<number>): ArrayLike<number> {
  if (Array.isArray(values)) return values
  const plain = new Array<number>(values.length)
  for (let index = 0; index < plain.length; index++) plain[index] = values[index]!
  return plain
}
