import { expect, test } from 'vitest'
import * as z from 'zod'
import { MetronError } from '../errors/metron-error.ts'
import { createConfigSchema } from './config-schema.ts'
import { listOptions } from './list-options.ts'
import { readConfigFile } from './read-config-file.ts'
import { readEnvironment, readOptionValues } from './read-option-values.ts'
import { resolveConfig } from './resolve-config.ts'

const extension = (kind: string) => ({ kind, summary: kind, options: z.strictObject({}) })
const SCHEMA = createConfigSchema({
  arrivals: [extension('poisson'), extension('gamma')],
  lengths: [extension('fixed'), extension('lognormal')],
  protocols: [extension('openai-chat')],
  engines: ['sim:default'],
  simulator: {
    policies: [extension('prefill-first'), extension('chunked-prefill')],
    memories: [extension('reserve')],
    prefixCaches: [extension('none')],
    routers: [{ kind: 'round-robin', summary: '', options: z.strictObject({}) }],
    failures: [{ kind: 'none', summary: '', options: z.strictObject({}) }],
    speculations: [extension('none')],
  },
})
const OPTIONS = listOptions(SCHEMA)

const file = (text: string) => readConfigFile(text, 'bench.yaml')
const flags = (values: Record<string, unknown>) =>
  readOptionValues(
    OPTIONS,
    (option) => values[option.flag ?? ''],
    (option) => `--${option.flag}`,
  )

function failure(run: () => unknown): MetronError {
  try {
    run()
  } catch (error) {
    if (error instanceof MetronError) return error
    throw error
  }
  throw new Error('nothing was wrong')
}

test('later layers win, and each value knows where it was written', () => {
  const resolved = resolveConfig(SCHEMA, [
    file('load:\n  rate: 1/s\n  drain: 5s\n  seed: 7\n'),
    readEnvironment(OPTIONS, { METRON_LOAD_RATE: '2/s', METRON_LOAD_DRAIN: '6s' }),
    flags({ rate: '3/s' }),
  ])
  const { load } = resolved.config
  expect([load.rate, load.drain, load.seed]).toEqual([3, 6e9, 7])
  const origin = (name: string) =>
    resolved.options.find(({ option }) => option.path.join('.') === name)?.origin
  expect(origin('load.rate')).toBe('--rate')
  expect(origin('load.drain')).toBe('METRON_LOAD_DRAIN')
  expect(origin('load.seed')).toBe('bench.yaml:4:3')
  expect(origin('load.warmup')).toBe('default')
})

test('without any layer every option has its default', () => {
  const { config } = resolveConfig(SCHEMA, [])
  expect(config.target.url).toBeNull()
  expect(config.load.warmup).toBeNull()
  expect(config.workload.output).toEqual({ kind: 'fixed', tokens: 128 })
  expect(config.score.tbtDeadline).toBe(50e6)
})

test('a misspelt key names the nearest right one and its place', () => {
  const error = failure(() => resolveConfig(SCHEMA, [file('load:\n  rat: 1/s\n')]))
  expect(error.message).toBe('bench.yaml:2:3: unknown option load.rat')
  expect(error.hint).toBe('Did you mean rate?')
})

test('a key that resembles none lists what there is', () => {
  const error = failure(() => resolveConfig(SCHEMA, [file('xyzzy: 1\n')]))
  expect(error.hint).toBe('There are target, server, engine, simulator, load, workload, score, output.')
})

test('a wrong value says what was expected, what was written and where', () => {
  const error = failure(() => resolveConfig(SCHEMA, [flags({ duration: 'soon' })]))
  expect(error.message).toBe(
    '--duration: expected a duration with its unit, such as 300ms, 2s or 1m30s, not "soon"',
  )
})

test('a group given as a value says what it may hold', () => {
  const error = failure(() => resolveConfig(SCHEMA, [file('load: 4\n')]))
  expect(error.message).toBe('bench.yaml:1:1: load holds options, not a value')
})

test('the value of a header never appears in a message', () => {
  const error = failure(() =>
    resolveConfig(SCHEMA, [file('target:\n  headers:\n    authorization: [s3cret]\n')]),
  )
  expect(error.message).not.toContain('s3cret')
})

test('syntax errors name line and column', () => {
  const error = failure(() => file('load:\n  rate: [1\n'))
  expect(error.message).toMatch(/^bench\.yaml:\d+:\d+: /)
})

test.each(['', '# nothing\n', '{}'])('an empty file (%j) changes nothing', (text) => {
  expect(resolveConfig(SCHEMA, [file(text)]).config).toEqual(resolveConfig(SCHEMA, []).config)
})

test('JSON files are read as well', () => {
  expect(resolveConfig(SCHEMA, [file('{"load": {"users": 3}}')]).config.load.users).toBe(3)
})

test('shorthands of lengths stand for their objects', () => {
  const prompt = (text: string) =>
    resolveConfig(SCHEMA, [flags({ 'prompt-tokens': text })]).config.workload.prompt
  expect(prompt('512')).toEqual({ kind: 'fixed', tokens: 512 })
  expect(prompt('fixed:64')).toEqual({ kind: 'fixed', tokens: 64 })
  expect(prompt('lognormal:median=256,sigma=0.7,clip')).toEqual({
    kind: 'lognormal',
    median: 256,
    sigma: 0.7,
    clip: true,
  })
})

test('an unknown kind of length lists the kinds, however it was written', () => {
  const ofFlag = failure(() => resolveConfig(SCHEMA, [flags({ 'prompt-tokens': 'normal:mean=3' })]))
  expect(ofFlag.message).toBe('--prompt-tokens: expected one of fixed, lognormal, not "normal:mean=3"')
  const ofFile = failure(() => resolveConfig(SCHEMA, [file('workload:\n  prompt: {kind: normal}\n')]))
  expect(ofFile.message).toContain('workload.prompt: expected one of fixed, lognormal, not')
})

test.each([
  ['load:\n  duration: 30\n', 'expected a duration with its unit, such as 300ms, 2s or 1m30s, not 30'],
  ['load:\n  requests: 0\n', 'expected more than 0, not 0'],
  ['load:\n  requests: 1.5\n', 'expected a whole number, not 1.5'],
  ['score:\n  minFluidity: 90\n', 'expected at most 1, not 90'],
  ['score:\n  slo: errors<=1%\n', 'expected a list, not "errors<=1%"'],
  ['target:\n  insecure: maybe\n', 'expected true or false, not "maybe"'],
])('%j says in plain words what was expected: %s', (text, expected) => {
  expect(failure(() => resolveConfig(SCHEMA, [file(text)])).message).toMatch(new RegExp(`: ${expected}$`))
})

test('a misspelt environment variable of a group names the nearest, others are left alone', () => {
  const error = failure(() => readEnvironment(OPTIONS, { METRON_LOAD_RTAE: '4/s' }))
  expect(error.message).toBe('the environment variable METRON_LOAD_RTAE sets no option')
  expect(error.hint).toBe('Did you mean METRON_LOAD_RATE?')
  expect(readEnvironment(OPTIONS, { METRON_CHROMIUM: '/x', PATH: '/y' }).values).toEqual({})
})

test('a JSON file may name its schema for editors', () => {
  expect(resolveConfig(SCHEMA, [file('{"$schema": "x.json", "load": {"users": 3}}')]).config.load.users).toBe(
    3,
  )
})

test('headers are read as name: value and as JSON', () => {
  const headers = (texts: string[]) => resolveConfig(SCHEMA, [flags({ header: texts })]).config.target.headers
  expect(headers(['x-a: 1: 2', '{"x-b": "3"}'])).toEqual({ 'x-a': '1: 2', 'x-b': '3' })
  expect(() => headers(['nonsense'])).toThrow('expected "name: value"')
})

test('__proto__ in a file is an unknown option and pollutes nothing', () => {
  expect(() => resolveConfig(SCHEMA, [file('__proto__:\n  polluted: 1\n')])).toThrow(MetronError)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})
