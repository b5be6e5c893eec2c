import { expect, test } from 'vitest'
import { makeSyntheticRun, type SyntheticRun } from '../../../test/synthetic-run.ts'
import { buildRunView } from '../view/build-run-view.ts'
import { renderSummary } from './render-summary.ts'

const plain = { color: false, width: 100 }
const summaryOf = (run: SyntheticRun, options = plain) =>
  renderSummary(buildRunView(makeSyntheticRun(run)), options)

test('the verdict comes first', () => {
  const [first] = summaryOf({ requests: 60, stallChance: 0 }).trim().split('\n')
  expect(first).toBe('✔ Felt smooth')
})

test('without colour there is no escape sequence, with colour there is', () => {
  expect(summaryOf({ requests: 60 })).not.toContain('\u001b')
  expect(summaryOf({ requests: 60 }, { ...plain, color: true })).toContain('\u001b[')
})

test('the numbers of a row stand under their heads', () => {
  const lines = summaryOf({ requests: 60 }).split('\n')
  const head = lines.find((line) => line.includes('p50'))!
  const row = lines.find((line) => line.includes('Time to first token'))!
  expect(row.length).toBe(head.length)
})

test('escape sequences and line breaks of a server never reach the terminal', () => {
  const text = summaryOf({ requests: 60, failFraction: 0.5, text: '\u001b]0;owned\u0007\nfake line\u202e' })
  expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u)
  expect(text).not.toMatch(/^fake line/m)
})

test.each([48, 60, 80, 120])('no line is wider than %i columns', (width) => {
  const lines = summaryOf({ requests: 300, failFraction: 0.1 }, { color: false, width }).split('\n')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
})

test.each<[string, SyntheticRun]>([
  ['no request', { requests: 0 }],
  ['one request', { requests: 1 }],
  ['only failures', { requests: 40, failFraction: 1 }],
  ['no health', { requests: 40, health: null }],
])('a run with %s prints without NaN, undefined, null or Infinity', (_, run) => {
  expect(summaryOf(run)).not.toMatch(/NaN|undefined|null|Infinity/)
})
