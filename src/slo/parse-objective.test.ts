import { expect, test } from 'vitest'
import { METRIC_CATALOG } from '../metrics/catalog.ts'
import { parseObjective } from './parse-objective.ts'

test.each([
  ['ttft<=300ms@p90', 'ttft', '<=', 300e6, 0.9, 'percentile'],
  ['tbt<=30ms@p99', 'tbt', '<=', 30e6, 0.99, 'percentile'],
  ['tpot<=30.5ms@p99.9', 'tpot', '<=', 30.5e6, 0.999, 'percentile'],
  ['e2e<=5s@p95', 'e2e', '<=', 5e9, 0.95, 'percentile'],
  ['e2e<=2m@95%', 'e2e', '<=', 120e9, 0.95, 'share'],
  ['worst-gap<=250us@p50', 'worst-gap', '<=', 250e3, 0.5, 'percentile'],
  ['fluidity>=0.9@99%', 'fluidity-index', '>=', 0.9, 0.99, 'share'],
  ['fluidity-index>=90%@99%', 'fluidity-index', '>=', 0.9, 0.99, 'share'],
  ['interactivity>=20tokens/s@90%', 'interactivity', '>=', 20, 0.9, 'share'],
  [' TTFT <= 300 ms @ P90 ', 'ttft', '<=', 300e6, 0.9, 'percentile'],
  ['errors<=1%', 'errors', '<=', 0.01, null, 'share'],
  ['errors<=0', 'errors', '<=', 0, null, 'share'],
])('reads %s', (text, metric, comparison, bound, fraction, form) => {
  expect(parseObjective(text)).toEqual({ text, metric, comparison, bound, fraction, form })
})

test('takes every request and token metric that has a better side', () => {
  for (const { id, scope, better, unit } of METRIC_CATALOG) {
    if (scope === 'run' || better === 'neither') continue
    const bound = unit === 'ns' ? '1ms' : '1'
    const text = better === 'lower' ? `${id}<=${bound}@p90` : `${id}>=${bound}@90%`
    expect(parseObjective(text).metric).toBe(id)
  }
})

test.each([
  ['', /not of the form/],
  ['ttft', /not of the form/],
  ['<=300ms@p90', /not of the form/],
  ['ttft<=300ms<=2s@p90', /not of the form/],
  ['ttft<300ms@p90', /compare with <=, not </],
  ['ttft=300ms@p90', /compare with <=, not =/],
  ['ttft>=300ms@p90', /ttft should be lower: compare with <=/],
  ['fluidity<=0.9@99%', /fluidity should be higher: compare with >=/],
  ['errors>=1%', /errors should be lower/],
  ['ttft<=300@p90', /the bound of ttft is a duration with its unit .*, not "300"/],
  ['ttft<=fast@p90', /not "fast"/],
  ['ttft<=-3ms@p90', /not "-3ms"/],
  ['fluidity>=90@99%', /a number from 0 to 1 or a percentage.*not "90"/],
  ['fluidity>=0.9ms@99%', /not "0.9ms"/],
  ['ttft<=300ms', /does not say for how many requests: .* @p99/],
  ['tbt<=30ms', /does not say for how many gaps/],
  ['fluidity>=0.9', /such as @99%/],
  ['ttft<=300ms@', /"@" is neither/],
  ['ttft<=300ms@0.9', /"@0.9" is neither a percentile/],
  ['ttft<=300ms@p100', /outside 0 to 100/],
  ['ttft<=300ms@0%', /outside 0 to 100/],
  ['fluidity>=0.9@p99', /best side; for 99 % of requests write @99%/],
  ['errors<=1%@p90', /take no @/],
  ['errors<=2', /not "2"/],
])('refuses %j', (text, message) => {
  expect(() => parseObjective(text)).toThrow(message)
  expect(() => parseObjective(text)).toThrow(`objective "${text}"`)
})

test.each([
  ['tft<=300ms@p90', 'did you mean ttft?'],
  ['fluidty>=0.9@99%', 'did you mean fluidity?'],
  ['error<=1%', 'did you mean errors?'],
  ['prompt-tokens<=5@p90', /it may be one of fluidity, /],
  ['fluid-token-rate>=5@p90', /it may be one of fluidity, |did you mean/],
])('names the nearest metric for %s', (text, hint) => {
  const error = (() => {
    try {
      return parseObjective(text)
    } catch (thrown) {
      return thrown
    }
  })()
  expect(error).toMatchObject({ code: 'bad-config', message: expect.stringContaining('there is no metric') })
  expect((error as { hint: string }).hint).toMatch(hint)
})
