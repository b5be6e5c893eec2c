import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { referencePages } from '../scripts/reference/reference-pages.ts'
import { configJsonSchema } from '../src/app/config-json-schema.ts'
import { CONFIG_SCHEMA, resolveLayers } from '../src/app/read-config.ts'
import { listOptions } from '../src/config/list-options.ts'
import { ARRIVAL_DOUBT, HEALTH_LIMITS, type HealthLimit } from '../src/engine/health-limits.ts'
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
  const limits: Readonly<Record<string, HealthLimit>> = HEALTH_LIMITS
  const figures: Readonly<Record<string, (value: number) => string>> = {
    lagP50Ns: (ns) => `${ns / 1e6} ms`,
    lagP99Ns: (ns) => `${ns / 1e6} ms`,
    loopDelayP99Ns: (ns) => `${ns / 1e6} ms`,
    sentFraction: (share) => `${share * 100} %`,
    burstFraction: (share) => `${share * 100} %`,
    arrivalDistance: String,
    clientFailureFraction: (share) => `${share * 100} %`,
    cpuStealFraction: (share) => `${share * 100} %`,
    backlogMaxNs: (ns) => `${ns / 1e9} s`,
  }
  const rows: Readonly<Record<string, string>> = {
    lagP50Ns: 'Schedule lag, p50',
    lagP99Ns: 'Schedule lag, p99',
    loopDelayP99Ns: 'Event loop delay',
    sentFraction: 'Share sent',
    burstFraction: 'Time to send',
    arrivalDistance: 'Distance of arrivals',
    clientFailureFraction: 'Requests that failed in the client',
    cpuStealFraction: 'CPU steal',
    backlogMaxNs: 'Parsing behind',
  }
  expect(Object.keys(rows).sort()).toEqual(Object.keys(limits).sort())
  for (const [name, { degraded, invalid }] of Object.entries(limits)) {
    const figure = figures[name]!
    const ends = `| ${figure(degraded)} | ${invalid === null ? 'never' : figure(invalid)} |`
    const row = page.split('\n').find((line) => line.startsWith(`| ${rows[name]}`))
    expect(row?.endsWith(ends), `${name}: ${row}`).toBe(true)
  }
  expect(page).toContain(`p is below ${ARRIVAL_DOUBT} `)
})
