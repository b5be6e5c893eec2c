import { expect, test } from 'vitest'
import { hideSecrets, secretsOf } from './secrets.ts'

test('hides whole header values and the token after the scheme, wherever a server repeats them', () => {
  const secrets = secretsOf({ authorization: 'Bearer sk-123456', 'x-key': 'abcdefgh' })
  expect(hideSecrets('bad key sk-123456 (Bearer sk-123456) for abcdefgh', secrets)).toBe(
    'bad key (hidden) ((hidden)) for (hidden)',
  )
})

test('leaves short values alone, which would hide ordinary words', () => {
  expect(hideSecrets('yes, not ok', secretsOf({ a: 'ok', b: 'yes' }))).toBe('yes, not ok')
})
