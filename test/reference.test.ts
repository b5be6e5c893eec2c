import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { referencePages } from '../scripts/reference/reference-pages.ts'
import { configJsonSchema } from '../src/app/config-json-schema.ts'

const committed = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8')

test('the reference pages are what the code produces (run `npm run reference`)', async () => {
  for (const [name, text] of Object.entries(await referencePages()))
    expect(committed(`docs/reference/${name}`), name).toBe(text)
})

test('the config schema is what the code produces (run `npm run reference`)', () => {
  expect(committed('schemas/config.schema.json')).toBe(`${JSON.stringify(configJsonSchema(), null, 2)}\n`)
})

test('ajv takes the config schema in strict mode, accepts a config and refuses a misspelt key', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(configJsonSchema())
  const config = { $schema: 'x.json', load: { rate: '4/s', warmup: 20 }, score: { slo: ['errors<=1%'] } }
  expect(validate({}), JSON.stringify(validate.errors)).toBe(true)
  expect(validate(config), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ load: { rtae: '4/s' } })).toBe(false)
  expect(validate({ workload: { prompt: { kind: 'normal' } } })).toBe(false)
})
