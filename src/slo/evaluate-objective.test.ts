import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import { measureRequests } from '../metrics/measure-requests.ts'
import type { MetricOptions } from '../metrics/run-summary.ts'
import type { RequestRecord } from '../records/request-record.ts'
import { evaluateObjective } from './evaluate-objective.ts'
import { jointAttainment } from './joint-attainment.ts'
import { parseObjective } from './parse-objective.ts'

const MS = 1e6

const options: MetricOptions = {
  origin: 'due',
  ttftDeadlineNs: () => 300 * MS,
  tbtDeadlineNs: 25 * MS,
  ignoreFirst: false,
  minFluidity: 0.9,
  requestFraction: 0.99,
  failedRequests: 'miss',
  measureFromNs: 0,
}

/** So many answers with this TTFT and gap, in ms; four tokens each. */
const answers = (count: number, ttftMs: number, gapMs = 20): RequestRecord[] =>
  Array.from({ length: count }, () =>
    makeRecord({ arrivalsNs: [0, 1, 2, 3].map((i) => (ttftMs + i * gapMs) * MS) }),
  )
const failures = (count: number): RequestRecord[] =>
  Array.from({ length: count }, () => makeRecord({ failure: 'connection-reset', wantedTokens: 4 }))

function judge(text: string, records: RequestRecord[], failedRequests: 'miss' | 'exclude' = 'miss') {
  const asked = { ...options, failedRequests }
  return evaluateObjective(parseObjective(text), measureRequests(records, asked), asked)
}

test('passes a percentile with enough requests, and shows what it saw', () => {
  const verdict = judge('ttft<=300ms@p90', [...answers(60, 100), ...answers(4, 400)])
  expect(verdict).toMatchObject({
    status: 'pass',
    observed: 100 * MS,
    attained: 60 / 64,
    count: 64,
    needed: 64,
    explanation:
      'The p90 of time to first token is 100 ms, the bound 300 ms; 93.75 % of 64 requests kept it.',
  })
})

test('fails a percentile beyond the bound', () => {
  const verdict = judge('ttft<=300ms@p90', [...answers(60, 100), ...answers(10, 400)])
  expect(verdict).toMatchObject({ status: 'fail', observed: 400 * MS, attained: 60 / 70 })
})

test('a percentile is decided by type 7, a share by counting', () => {
  // Position 0.9 * 69 = 62.1: between the 63rd of 63 good ones and the first bad one.
  const records = [...answers(63, 100), ...answers(7, 400)]
  expect(judge('ttft<=120ms@p90', records)).toMatchObject({
    status: 'fail',
    observed: expect.closeTo(130 * MS, 3),
  })
  expect(judge('ttft<=120ms@90%', records)).toMatchObject({ status: 'pass', attained: 0.9 })
})

test('has too little data to pass one request short, and says how much is needed', () => {
  expect(judge('ttft<=300ms@p90', answers(63, 100))).toMatchObject({
    status: 'no-data',
    needed: 64,
    explanation: expect.stringMatching(/63 requests kept it; too few to tell, 64 are needed\.$/),
  })
  expect(judge('ttft<=300ms@p90', [])).toMatchObject({
    status: 'no-data',
    observed: null,
    attained: null,
    count: 0,
    explanation: 'No requests to judge; 64 are needed.',
  })
})

test('fails with few requests only when so many misses are no accident (scipy binom.sf)', () => {
  // Of 20 requests under p90, 6 misses have a chance of 0.0113 at 10 %, 7 one of 0.0024.
  expect(judge('ttft<=300ms@p90', [...answers(14, 100), ...answers(6, 400)]).status).toBe('no-data')
  expect(judge('ttft<=300ms@p90', [...answers(13, 100), ...answers(7, 400)])).toMatchObject({
    status: 'fail',
    explanation: expect.stringMatching(/so many misses are no accident/),
  })
  expect(judge('ttft<=300ms@p90', answers(20, 400)).status).toBe('fail')
  expect(judge('ttft<=300ms@p90', answers(1, 400)).status).toBe('no-data')
})

test('failed requests miss every objective, unless they are excluded', () => {
  const records = [...answers(90, 100), ...failures(20)]
  expect(judge('ttft<=300ms@p90', records)).toMatchObject({
    status: 'fail',
    observed: null,
    attained: 90 / 110,
    count: 110,
    explanation: expect.stringMatching(/that of a failed request/),
  })
  expect(judge('ttft<=300ms@p90', records, 'exclude')).toMatchObject({ status: 'pass', count: 90 })
  expect(judge('fluidity>=0.9@90%', records)).toMatchObject({ status: 'fail', observed: null })
  expect(judge('dispatch-lag<=1ms@p90', records)).toMatchObject({ status: 'fail', count: 110 })
  expect(judge('ttft<=300ms@p90', failures(200))).toMatchObject({
    status: 'fail',
    attained: 0,
    observed: null,
  })
})

test('judges a bound from below by the share that has at least as much', () => {
  const records = [...answers(95, 100), ...answers(5, 100, 600)]
  expect(judge('fluidity>=0.9@90%', records)).toMatchObject({
    status: 'pass',
    observed: 1,
    attained: 0.95,
    explanation: 'Fluidity-index was at least 0.9 for 95 % of 100 requests; 90 % must be.',
  })
  expect(judge('fluidity>=0.9@96%', [...records, ...records])).toMatchObject({
    status: 'fail',
    attained: 0.95,
  })
})

test('judges times between tokens over all gaps; a failed request weighs the tokens it was asked for', () => {
  const records = [...answers(300, 100), ...failures(2)]
  expect(judge('tbt<=30ms@p99', records)).toMatchObject({ status: 'pass', count: 908, attained: 900 / 908 })
  expect(judge('tbt<=30ms@p99', [...records, ...failures(2)])).toMatchObject({ status: 'fail', count: 916 })
  expect(judge('tbt<=30ms@p99', answers(100, 100)).status).toBe('no-data')
})

test('leaves out requests without a value', () => {
  const single = Array.from({ length: 30 }, () => makeRecord({ arrivalsNs: [5] }))
  expect(judge('tpot<=30ms@p90', [...single, ...answers(64, 100)])).toMatchObject({
    status: 'pass',
    count: 64,
  })
  expect(judge('tpot<=30ms@p90', single)).toMatchObject({ status: 'no-data', count: 0 })
})

test('counts errors of the run, from as many requests as make one error the bound', () => {
  expect(judge('errors<=1%', [...answers(99, 100), ...failures(1)])).toMatchObject({
    status: 'pass',
    observed: 0.01,
    attained: 0.99,
    explanation: '1 % of 100 requests failed; at most 1 % may.',
  })
  expect(judge('errors<=1%', [...answers(98, 100), ...failures(2)]).status).toBe('fail')
  expect(judge('errors<=1%', answers(99, 100)).status).toBe('no-data')
  expect(judge('errors<=1%', [...answers(17, 100), ...failures(3)]).status).toBe('fail')
  expect(judge('errors<=0%', answers(5, 100)).status).toBe('pass')
  expect(judge('errors<=0%', [...answers(5, 100), ...failures(1)]).status).toBe('fail')
  expect(judge('errors<=1%', [])).toMatchObject({ status: 'no-data', observed: null })
  expect(judge('errors<=1%', [...answers(98, 100), ...failures(2)], 'exclude').status).toBe('fail')
})

test('joint attainment is the share of requests that meet all bounds at once', () => {
  const objectives = ['ttft<=300ms@p90', 'tbt<=30ms@p99', 'fluidity>=0.9@99%', 'errors<=1%'].map(
    parseObjective,
  )
  const records = [
    ...answers(5, 100),
    ...answers(2, 400),
    ...answers(1, 100, 40),
    ...answers(1, 400, 40),
    ...failures(1),
  ]
  const measured = measureRequests(records, options)
  expect(jointAttainment(objectives, measured, options)).toEqual({ attained: 0.5, met: 5, count: 10 })
  const excluding = { failedRequests: 'exclude' } as const
  expect(jointAttainment(objectives, measured, excluding)).toEqual({ attained: 5 / 9, met: 5, count: 9 })
  expect(jointAttainment(objectives, { requests: [] }, options)).toEqual({ attained: null, met: 0, count: 0 })
  expect(jointAttainment([], measured, options).met).toBe(9)
})

test('in joint attainment a request without a value has nothing to break', () => {
  const measured = measureRequests([makeRecord({ arrivalsNs: [5] })], options)
  const objectives = ['tpot<=1ns@p90', 'tbt<=1ns@p99', 'tbt<=1ns@99%'].map(parseObjective)
  expect(jointAttainment(objectives, measured, options).attained).toBe(1)
})

test('a verdict says where the true share and the true percentile lie', () => {
  // Clopper and Pearson for 95 of 100.
  const verdict = judge('ttft<=300ms@p50', [...answers(95, 100), ...answers(5, 400)])
  expect(verdict.attainedInterval!.low).toBeCloseTo(0.887165, 5)
  expect(verdict.attainedInterval!.high).toBeCloseTo(0.983568, 5)
  expect(verdict.observedInterval).toEqual({ low: 100 * MS, high: 100 * MS, confidence: 0.95 })
})

test('a percentile is open on the side that lies among failed requests', () => {
  const { observedInterval } = judge('ttft<=300ms@p90', [...answers(60, 100), ...failures(6)])
  expect(observedInterval).toEqual({ low: 100 * MS, high: null, confidence: 0.95 })
})

test('what should be large is bounded from its own side', () => {
  const verdict = judge('fluidity>=0.9@50%', [...answers(30, 100), ...answers(30, 100, 900)])
  expect(verdict.observedInterval!.low).toBeLessThan(0.9)
  expect(verdict.observedInterval!.high).toBe(1)
})
