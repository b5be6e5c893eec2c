import { expect, test } from 'vitest'
import { parseTtftDeadline, writeTtftCurve } from './ttft-deadline.ts'

test('a duration is one deadline for all prompts', () => {
  expect(parseTtftDeadline('300ms')).toEqual({ kind: 'fixed', ns: 300e6 })
})

test('a profile may be stretched and given slack', () => {
  const profile = { kind: 'profile', file: 'a/b-c+d.json' }
  expect(parseTtftDeadline('a/b-c+d.json')).toEqual({ ...profile, factor: 1, slackNs: 0 })
  expect(parseTtftDeadline('a/b-c+d.json+300ms')).toEqual({ ...profile, factor: 1, slackNs: 300e6 })
  expect(parseTtftDeadline('a/b-c+d.json*1.5+0.3s')).toEqual({ ...profile, factor: 1.5, slackNs: 300e6 })
})

test.each([
  '300',
  'fast',
  'x.json+',
  'x.json+fast',
  'x.json*0',
  'x.json*-1',
  'curve:1,2,3',
  'curve:1,2,3,4,-5',
])('%s is no deadline', (text) => expect(parseTtftDeadline(text)).toBeUndefined())

test.each([
  [20e6, 31_000.25, 0.41, 128, 8192],
  [0, 1.5e-9, 3e21, 1, 131_072],
])('a curve comes back digit for digit', (aNs, bNs, cNs, fromTokens, toTokens) => {
  const curve = { aNs, bNs, cNs, fromTokens, toTokens }
  const deadline = { kind: 'curve', curve, factor: 1.25, slackNs: 300e6 } as const
  expect(parseTtftDeadline(writeTtftCurve(deadline))).toEqual(deadline)
})
