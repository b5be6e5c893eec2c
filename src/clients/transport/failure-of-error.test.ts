import { errors } from 'undici'
import { expect, test } from 'vitest'
import { type ErrorPhase, failureOfError, isConnectionLoss } from './failure-of-error.ts'

const coded = (code: string) => Object.assign(new Error('it broke'), { code })

test.for<[string, ErrorPhase, string]>([
  ['ECONNREFUSED', 'connect', 'connect-refused'],
  ['EHOSTUNREACH', 'connect', 'connect-refused'],
  ['ENOTFOUND', 'connect', 'dns'],
  ['EAI_AGAIN', 'tls-connect', 'dns'],
  ['ETIMEDOUT', 'connect', 'connect-timeout'],
  ['ETIMEDOUT', 'exchange', 'connection-reset'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-connect', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-connect', 'tls'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-connect', 'tls'],
  ['CERT_HAS_EXPIRED', 'tls-connect', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-connect', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-connect', 'tls'],
  ['ECONNRESET', 'tls-connect', 'tls'],
  ['ECONNRESET', 'connect', 'connection-reset'],
  ['ECONNRESET', 'exchange', 'connection-reset'],
  ['EPIPE', 'exchange', 'connection-reset'],
  ['EACCES', 'connect', 'client'],
  ['SOMETHING_NEW', 'exchange', 'client'],
])('%s in phase %s is %s', ([code, phase, reason]) => {
  expect(failureOfError(coded(code), phase)).toEqual({ reason, detail: `it broke (${code})` })
})

test.for([
  [new errors.ConnectTimeoutError('late'), 'connect-timeout'],
  [new errors.HeadersTimeoutError('late'), 'headers-timeout'],
  [new errors.BodyTimeoutError('late'), 'stream-timeout'],
  [new errors.SocketError('late'), 'connection-reset'],
  [new errors.ResponseContentLengthMismatchError('late'), 'connection-reset'],
  [new errors.InvalidArgumentError('late'), 'client'],
] as const)('the HTTP error %s is %s', ([error, reason]) => {
  expect(failureOfError(error, 'exchange')).toEqual({ reason, detail: 'late' })
})

test('an error of several addresses tells them all, on one line', () => {
  const error = new AggregateError([coded('ECONNREFUSED'), new Error('second\nproblem')], '')
  expect(failureOfError(error, 'connect')).toEqual({
    reason: 'connect-refused',
    detail: 'it broke; second problem (ECONNREFUSED)',
  })
})

test.each([
  ['EMFILE', /no file descriptor left.*ulimit -n.*\(EMFILE\)$/],
  ['ENFILE', /no file descriptor left.*fs\.file-max.*\(ENFILE\)$/],
  ['EADDRNOTAVAIL', /no local port left.*ip_local_port_range.*\(EADDRNOTAVAIL\)$/],
  ['ENOBUFS', /no memory left.*\(ENOBUFS\)$/],
] as const)(
  '%s is a fault of the client, with what to do about it instead of its message',
  (code, detail) => {
    for (const phase of ['connect', 'tls-connect'] as const)
      expect(failureOfError(coded(code), phase)).toEqual({
        reason: 'client',
        detail: expect.stringMatching(detail),
      })
  },
)

test('what is no error at all is a fault of the client', () => {
  expect(failureOfError('text', 'exchange')).toEqual({ reason: 'client', detail: 'text' })
  expect(failureOfError(undefined, 'connect').reason).toBe('client')
})

test('only a closed or reset connection is a connection loss', () => {
  expect(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].map((code) => isConnectionLoss(coded(code)))).toEqual([
    true,
    true,
    true,
  ])
  expect(['UND_ERR_HEADERS_TIMEOUT', 'ECONNREFUSED', ''].some((code) => isConnectionLoss(coded(code)))).toBe(
    false,
  )
})
