import { expect, test } from 'vitest'
import type { ConfigInput } from '../config/config-schema.ts'
import { explainConfig } from './explain-config.ts'
import { resolveLayers } from './read-config.ts'

const explain = (values: ConfigInput) =>
  explainConfig(resolveLayers([{ values, origin: (path) => path.join('.') }]))

test('values are shown as written, without the secrets in a URL and in headers', async () => {
  const shown = await explain({
    target: { url: 'http://user:hush@host:1/v1', headers: { 'x-key': 'hush' } },
    load: { rate: '4/s' },
  })
  expect(shown).toMatchObject({ target: { url: 'http://host:1/v1' }, load: { rate: '4/s' } })
  expect(JSON.stringify(shown)).not.toContain('hush')
})

test.each<[string, ConfigInput]>([
  ['ttft should be lower', { score: { slo: ['ttft<300ms@p90'] } }],
  ['gamma: option cv is missing', { load: { arrivals: 'gamma' } }],
  ['gamma has no option "cvv"', { load: { arrivals: 'gamma:cvv=2' } }],
  ['uniform: min must not be greater than max', { workload: { prompt: 'uniform:min=3,max=1' } }],
  ['cannot read the trace none.csv', { workload: { trace: 'none.csv' } }],
])('what a benchmark would refuse is refused: %s', async (message, config) => {
  await expect(explain(config)).rejects.toThrow(message)
})

test('options that the config gives already are not asked for', async () => {
  await expect(explain({ load: { arrivals: 'gamma' } })).rejects.toMatchObject({
    hint: 'Write gamma:cv=...; options with a default may be left out.',
  })
})
