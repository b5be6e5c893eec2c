import { expect, test } from 'vitest'
import { makeRecord } from '../../test/make-record.ts'
import { fluidityIndex } from './fluidity-index.ts'
import { measureRequest } from './measure-request.ts'
import type { MetricOptions } from './run-summary.ts'
import { tokenFluidity } from './token-fluidity.ts'

const MS = 1e6

const options: MetricOptions = {
  origin: 'due',
  ttftDeadlineNs: () => 100 * MS,
  tbtDeadlineNs: 25 * MS,
  ignoreFirst: false,
  minFluidity: 0.9,
  requestFraction: 0.99,
  failedRequests: 'miss',
  measureFromNs: 0,
}

const answered = makeRecord({
  dueNs: 1_000 * MS,
  sentNs: 1_010 * MS,
  headersNs: 1_020 * MS,
  arrivalsNs: [80 * MS, 100 * MS, 200 * MS],
  tokens: [1, 1, 2],
  channels: 'raa',
  connectNs: 3 * MS,
})

test('measures an answer by the definitions, by hand', () => {
  expect(measureRequest(answered, options)).toMatchObject({
    ok: true,
    failure: null,
    tokenSource: 'token-ids',
    untilNs: 1_200 * MS,
    promptTokens: 100,
    outputTokens: 4,
    missingTokens: 0,
    ttftNs: 80 * MS,
    ttfatNs: 100 * MS,
    tpotNs: (120 * MS) / 3,
    e2eNs: 200 * MS,
    normalizedNs: 50 * MS,
    worstGapNs: 100 * MS,
    outputTokensPerSec: 20,
    interactivityPerSec: 25,
    headersNs: 20 * MS,
    dispatchLagNs: 1_000,
    connectNs: 3 * MS,
    // 20 ms of slack from the first token and 5 from the second: the wait of 100 ms passes 50, 75 and 100 ms.
    fluidity: { index: 3 / 6, missed: 3, total: 6 },
    deadlineMissRate: 0.5,
    tokenFluidity: 0.75,
  })
})

test('judges fluidity as the functions for inter-token times do', () => {
  for (const ignoreFirst of [false, true]) {
    const measured = measureRequest(answered, { ...options, ignoreFirst })
    const deadlines = { ttftDeadlineNs: 100 * MS, tbtDeadlineNs: 25 * MS, ignoreFirst }
    expect(measured.fluidity).toEqual(fluidityIndex(measured.interTokenTimesNs, deadlines))
    expect(measured.tokenFluidity).toBe(tokenFluidity(measured.interTokenTimesNs, deadlines).share)
  }
})

test('counts latency from the moment of sending when asked to', () => {
  const measured = measureRequest(answered, { ...options, origin: 'sent' })
  expect(measured).toMatchObject({ ttftNs: 70 * MS, e2eNs: 190 * MS, headersNs: 10 * MS, tpotNs: 40 * MS })
})

test("asks for the TTFT deadline of the prompt's tokens, by the server's count when it gave one", () => {
  const asked: number[] = []
  const ttftDeadlineNs = (promptTokens: number) => {
    asked.push(promptTokens)
    return 0.4 * promptTokens * MS + 0.3
  }
  measureRequest(answered, { ...options, ttftDeadlineNs })
  const told = { ...answered, prompt: { ...answered.prompt, serverTokens: 300 } }
  expect(measureRequest(told, { ...options, ttftDeadlineNs }).promptTokens).toBe(300)
  expect(asked).toEqual([100, 300])
  expect(() => measureRequest(answered, { ...options, ttftDeadlineNs: () => Number.NaN })).toThrow(
    /the TTFT deadline must be/,
  )
})

test('has no gap metrics for a single token, and no rates for an instant answer', () => {
  const single = measureRequest(makeRecord({ arrivalsNs: [0] }), options)
  expect(single).toMatchObject({
    ttftNs: 0,
    e2eNs: 0,
    tpotNs: null,
    worstGapNs: null,
    interactivityPerSec: null,
    outputTokensPerSec: null,
  })
  const oneChunk = measureRequest(makeRecord({ arrivalsNs: [5], tokens: [3] }), options)
  expect(oneChunk).toMatchObject({ tpotNs: 0, interactivityPerSec: null, worstGapNs: 0 })
})

const cut = makeRecord({
  failure: 'truncated',
  arrivalsNs: [80 * MS, 100 * MS],
  wantedTokens: 10,
  endNs: 900 * MS,
})

test('gives a failed request no latencies and no index, but its lag and connect time', () => {
  expect(measureRequest(cut, options)).toMatchObject({
    ok: false,
    failure: 'truncated',
    untilNs: 900 * MS,
    outputTokens: 2,
    missingTokens: 8,
    ttftNs: null,
    ttfatNs: null,
    tpotNs: null,
    e2eNs: null,
    normalizedNs: null,
    worstGapNs: null,
    outputTokensPerSec: null,
    interactivityPerSec: null,
    headersNs: null,
    deadlineMissRate: null,
    tokenFluidity: null,
    dispatchLagNs: 1_000,
  })
})

test('charges a failed request one missed deadline for each token that it was asked for and did not deliver', () => {
  expect(measureRequest(cut, options).fluidity).toEqual({ index: null, missed: 8, total: 10 })
  const refused = makeRecord({ failure: 'connect-refused', sentNs: null, wantedTokens: 5 })
  expect(measureRequest(refused, options).fluidity).toEqual({ index: null, missed: 5, total: 5 })
  expect(measureRequest(refused, { ...options, origin: 'sent' }).fluidity.missed).toBe(5)
  const complete = makeRecord({ failure: 'truncated', arrivalsNs: [1], wantedTokens: 1 })
  expect(measureRequest(complete, options).fluidity).toEqual({ index: null, missed: 1, total: 2 })
  const excluded = measureRequest(cut, { ...options, failedRequests: 'exclude' })
  expect(excluded.fluidity).toEqual({ index: null, missed: 0, total: 0 })
})

test('takes an answer that ended well without a token for an empty one: a failure', () => {
  expect(measureRequest(makeRecord({ wantedTokens: 3 }), options)).toMatchObject({
    ok: false,
    failure: 'empty',
    tokenSource: null,
    fluidity: { index: null, missed: 3, total: 3 },
  })
})

test('names the source of unattributed tokens as chunks', () => {
  const record = makeRecord({ arrivalsNs: [1, 2], tokens: null, tokenSource: null })
  expect(measureRequest(record, options)).toMatchObject({ tokenSource: 'chunk', outputTokens: 2 })
})
