import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { referencePages } from '../scripts/reference/reference-pages.ts'
import { configJsonSchema } from '../src/app/config-json-schema.ts'
import { CONFIG_SCHEMA, resolveLayers } from '../src/app/read-config.ts'
import { listOptions } from '../src/config/list-options.ts'
import { HEALTH_LIMITS } from '../src/engine/assess-health.ts'
import { FAILURE_REASONS } from '../src/records/outcome.ts'
import { LIST_COLUMNS, SCALAR_COLUMNS } from '../src/storage/parquet/requests-columns.ts'

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

test('the rate that the embedded engine gets is the one that help tells', () => {
  const rate = listOptions(CONFIG_SCHEMA).find(({ flag }) => flag === 'rate')!
  expect(rate.description).toContain(`${resolveLayers([]).config.load.rate}/s for the embedded engine`)
})

test('the page of the run folder lists every column of the table with its type', () => {
  const types = { ns: 'INT64', count: 'INT32', text: 'text' }
  const row = (name: string, type: string, nullable: boolean): string =>
    `| \`${name}\` | ${type}${nullable ? ', may be null' : ''} |`
  const expected = [
    ...SCALAR_COLUMNS.map(({ name, kind, nullable }) => row(name, types[kind], nullable)),
    ...LIST_COLUMNS.map(({ name, kind, nullable }) => row(name, `list of ${types[kind]}`, nullable)),
  ]
  const page = committed('docs/reference/run-folder.md')
  expect([...page.matchAll(/^\| `\w+` \| [^|]*(?:INT|text)[^|]* \|/gm)].map(([text]) => text)).toEqual(
    expected,
  )
})

test('the page of how it measures lists every reason of failure with its text', () => {
  const page = committed('docs/explain/how-it-measures.md')
  for (const [reason, text] of Object.entries(FAILURE_REASONS))
    expect(page).toContain(`| \`${reason}\` | ${text} |`)
})

test('the page of the instrument states the limits that the code applies', () => {
  const page = committed('docs/explain/instrument-health.md')
  const { lagP99Ns, loopDelayP99Ns, achievedFraction } = HEALTH_LIMITS
  const ms = (ns: number): string => `${ns / 1e6} ms`
  const percent = (share: number): string => `${share * 100} %`
  expect(page).toMatch(
    new RegExp(`^\\| Schedule lag.*\\| ${ms(lagP99Ns.degraded)} \\| ${ms(lagP99Ns.invalid)} \\|$`, 'm'),
  )
  expect(page).toMatch(
    new RegExp(
      `^\\| Event loop.*\\| ${ms(loopDelayP99Ns.degraded)} \\| ${ms(loopDelayP99Ns.invalid)} \\|$`,
      'm',
    ),
  )
  expect(page).toMatch(
    new RegExp(
      `^\\| Achieved.*\\| ${percent(achievedFraction.degraded)} \\| ${percent(achievedFraction.invalid)} \\|$`,
      'm',
    ),
  )
})
