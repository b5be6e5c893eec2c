import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyRecord } from '../../test/storage/any-record.ts'
import { completeManifest, sampleManifest, sampleRecord } from '../../test/storage/samples.ts'
import { formatJournalLine } from './journal-line.ts'
import { publishedSchemas } from './published-schemas.ts'

function validatorOf(name: string) {
  const text = readFileSync(new URL(`../../schemas/${name}`, import.meta.url), 'utf8')
  return new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(JSON.parse(text))
}

test('the files in schemas/ are what the code produces (run `node scripts/write-schemas.ts`)', () => {
  for (const [name, schema] of Object.entries(publishedSchemas())) {
    const text = readFileSync(new URL(`../../schemas/${name}`, import.meta.url), 'utf8')
    expect(text).toBe(`${JSON.stringify(schema, null, 2)}\n`)
  }
})

test('ajv accepts every journal line with the published schema', () => {
  const validate = validatorOf('journal-line.schema.json')
  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(validate(JSON.parse(formatJournalLine(record))), JSON.stringify(validate.errors)).toBe(true)
    }),
  )
})

test('ajv refuses a journal line without a field, with another field, or with a wrong type', () => {
  const validate = validatorOf('journal-line.schema.json')
  const line = JSON.parse(formatJournalLine(sampleRecord(0)))
  const { text: _, ...short } = line
  expect(validate(short)).toBe(false)
  expect(validate({ ...line, extra: 1 })).toBe(false)
  expect(validate({ ...line, id: 0.5 })).toBe(false)
  expect(validate({ ...line, v: 2 })).toBe(false)
})

test('ajv accepts manifests of running and of finished runs and refuses others', () => {
  const validate = validatorOf('manifest.schema.json')
  expect(validate(sampleManifest()), JSON.stringify(validate.errors)).toBe(true)
  expect(validate(completeManifest()), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...sampleManifest(), status: 'over' })).toBe(false)
  expect(validate({ ...sampleManifest(), startedAt: 'yesterday' })).toBe(false)
})
