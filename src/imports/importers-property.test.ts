import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readImportSample } from '../../test/import-samples.ts'
import { MetronError } from '../errors/metron-error.ts'
import { formatJournalLine } from '../storage/journal-line.ts'
import { parseJournalLine } from '../storage/parse-journal-line.ts'
import { importFile } from './import-file.ts'
import { IMPORTERS } from './importers.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const odd = fc.oneof(
  fc.constantFrom<Json>(null, 0, -0, 1, -1, 1e-9, 0.5, 1e7, 1e15, 1e300, -1e300, '', [], {}, true, [[]], [0]),
  fc.jsonValue() as fc.Arbitrary<Json>,
)

/** Puts a value in place of one somewhere in a document; `steps` choose the way. */
function replaceAt(document: Json, steps: readonly number[], value: Json): Json {
  const [step, ...rest] = steps
  if (step === undefined || typeof document !== 'object' || document === null) return value
  const keys = Object.keys(document)
  if (keys.length === 0) return value
  const key = keys[step % keys.length]!
  const copy = structuredClone(document) as Record<string, Json>
  copy[key] = replaceAt(copy[key]!, rest, value)
  return copy as Json
}

test.each(IMPORTERS.map(({ kind }) => kind))(
  '%s: whatever value stands anywhere in its file, it is an error of the file or gives records that a journal holds',
  (kind) => {
    const lines = readImportSample(kind).trimEnd().split('\n')
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.nat(), { maxLength: 4 }), odd, (row, steps, value) => {
        const changed = lines.map((line, index) =>
          index === row % lines.length ? JSON.stringify(replaceAt(JSON.parse(line), steps, value)) : line,
        )
        let records: ReturnType<typeof importFile>['run']['records']
        try {
          records = importFile({ path: 'file', text: changed.join('\n') }, kind).run.records
        } catch (error) {
          expect(error).toBeInstanceOf(MetronError)
          expect((error as MetronError).code).toBe('bad-input-file')
          return
        }
        for (const record of records)
          expect(() => parseJournalLine(JSON.parse(formatJournalLine(record)))).not.toThrow()
      }),
      { numRuns: 2000 },
    )
  },
)
