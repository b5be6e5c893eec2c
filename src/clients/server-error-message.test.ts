import { expect, test } from 'vitest'
import { bodyErrorMessage, serverErrorMessage } from './server-error-message.ts'

test.for([
  ['OpenAI', { error: { message: 'bad key', type: 'x', code: 1 } }, 'bad key'],
  ['text', { error: 'bad\nkey' }, 'bad key'],
  ['older vLLM', { object: 'error', message: 'no model', code: 404 }, 'no model'],
  ['FastAPI', { detail: 'Not Found' }, 'Not Found'],
  [
    'FastAPI validation',
    { detail: [{ loc: ['body', 'min_tokens'], msg: 'extra fields not permitted', type: 'x' }] },
    'body.min_tokens: extra fields not permitted',
  ],
  ['no message', { error: { code: 7 } }, '{"code":7}'],
] as const)('reads the message of a %s error', ([, body, message]) => {
  expect(serverErrorMessage(body)).toBe(message)
  expect(bodyErrorMessage(JSON.stringify(body))).toBe(message)
})

test.for([null, 3, 'text', [], {}, { error: null }])('finds no message in %j', (value) => {
  expect(serverErrorMessage(value)).toBeNull()
})

test('a body that is not JSON is told as text, a web page without its tags, scripts and styles', () => {
  expect(bodyErrorMessage('upstream\nfailed')).toBe('upstream failed')
  const page = '<!doctype html><style>p{}</style><title>502</title><script>x<y</script><h1>Bad\nGateway</h1>'
  expect(bodyErrorMessage(page)).toBe('502 Bad Gateway')
  expect(bodyErrorMessage('')).toBe('')
})
