import fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import type { infer as Infer } from 'zod'
import { anyRecord } from '../../test/storage/any-record.ts'
import { formatJournalLine, type JournalLine } from './journal-line.ts'
import { journalLineSchema } from './journal-line-schema.ts'
import { isJournalLine } from './parse-journal-line.ts'

test('the schema has the very type of a record', () => {
  expectTypeOf<Infer<typeof journalLineSchema>>().toExtend<JournalLine>()
  expectTypeOf<JournalLine>().toExtend<Infer<typeof journalLineSchema>>()
})

test('the fast check accepts every record', () => {
  fc.assert(fc.property(anyRecord, (record) => isJournalLine(JSON.parse(formatJournalLine(record)))))
})

const intruder = fc.oneof(
  fc.constantFrom<unknown>(null, -1, 0, 1, 0.5, 2 ** 31, 2 ** 53, '', 'a', 'ok', true, [], {}, [1], [null]),
  fc.anything(),
)

/** Every place of a JSON value: the holder and the key. */
function places(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [
    [holder, key] as [typeof holder, string],
    ...places(holder[key]),
  ])
}

test('the fast check and the schema agree on lines with one value replaced, removed or added', () => {
  fc.assert(
    fc.property(
      anyRecord,
      fc.nat(),
      intruder,
      fc.constantFrom('replace', 'remove', 'add'),
      (record, at, value, how) => {
        const line = JSON.parse(formatJournalLine(record))
        const all = places(line)
        const [holder, key] = all[at % all.length]!
        if (how === 'replace') holder[key] = value
        else if (how === 'remove') delete holder[key]
        else if (!Array.isArray(holder)) holder.extra = value
        // As it would be read: undefined, NaN and the like cannot be in a file.
        const text = JSON.stringify(line, (_, item) => (typeof item === 'bigint' ? null : item))
        const read = JSON.parse(text)
        expect(isJournalLine(read)).toBe(journalLineSchema.safeParse(read).success)
      },
    ),
    { numRuns: 2000 },
  )
})
