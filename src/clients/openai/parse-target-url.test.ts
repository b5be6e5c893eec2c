import { expect, test } from 'vitest'
import { MetronError } from '../../errors/metron-error.ts'
import { parseTargetUrl } from './parse-target-url.ts'

test.for([
  ['http://host:8000', ['/v1', '']],
  ['http://host:8000/', ['/v1', '']],
  ['host:8000', ['/v1', '']],
  ['http://host:8000/v1', ['/v1']],
  ['http://host:8000/v1/', ['/v1']],
  ['http://host:8000/v1//', ['/v1']],
  [' http://host:8000/v1/chat/completions ', ['/v1']],
  ['http://host:8000/v1/completions/', ['/v1']],
  ['http://host:8000/v1/models', ['/v1']],
  ['http://host:8000/chat/completions', ['/v1', '']],
  ['http://host:8000/v1beta', ['/v1beta']],
  ['http://host:8000/openai', ['/openai', '/openai/v1']],
  ['http://host:8000/openai/v1#top', ['/openai/v1']],
] as const)('%s has the possible API roots %j', ([text, basePaths]) => {
  expect(parseTargetUrl(text)).toMatchObject({ origin: 'http://host:8000', basePaths, headers: {} })
})

test('keeps https, addresses and default ports', () => {
  expect(parseTargetUrl('https://api.example.com/v1').origin).toBe('https://api.example.com')
  expect(parseTargetUrl('http://[::1]:8000').origin).toBe('http://[::1]:8000')
  expect(parseTargetUrl('localhost').origin).toBe('http://localhost')
})

test('user and password become a header and are shown nowhere', () => {
  const target = parseTargetUrl('https://jan:s%3Acret@host/v1')
  expect(target.headers).toEqual({ authorization: `Basic ${Buffer.from('jan:s:cret').toString('base64')}` })
  expect(target.origin).toBe('https://host')
  expect(target.display).toBe('https://host/v1')
})

test.for([
  '',
  'http://',
  'http://a b',
  'ftp://jan:secret@host',
  'http://jan:secret@',
  'http://jan:secret@h?key=secret',
])('%j is refused, without user, password and query in the message', (text) => {
  const error = catchError(() => parseTargetUrl(text))
  expect(error).toBeInstanceOf(MetronError)
  expect(error).toMatchObject({ code: 'bad-config' })
  expect(String(error)).not.toMatch(/secret|jan/)
})

function catchError(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
