import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRunName, defaultRunName, toRunName } from './run-name.ts'

test.each([
  '..',
  '.',
  '',
  '../x',
  'a/b',
  'a\\b',
  '/etc',
  '.hidden',
  '-flag',
  'a\0b',
  'a b',
  'a\nb',
  'CON',
  'nul.txt',
])('%j cannot be a name', (name) => {
  expect(() => checkRunName(name)).toThrow(
    expect.objectContaining({ code: 'bad-config', hint: expect.stringContaining(toRunName(name)) }),
  )
})

test.each(['a', 'rate=4,seed=1', '2025-11-24T06-31-05-host', 'größe_2.b+c@d'])('%j can be a name', (name) => {
  expect(checkRunName(name)).toBe(name)
})

test('a name of more than 80 characters cannot be', () => {
  expect(checkRunName('a'.repeat(80))).toHaveLength(80)
  expect(() => checkRunName('a'.repeat(81))).toThrow('cannot be the name')
})

test('any text becomes a good name, and a name made once stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const name = toRunName(text)
      expect(checkRunName(name)).toBe(name)
      expect(toRunName(name)).toBe(name)
    }),
  )
})

test('the default name holds the start in UTC and the target', () => {
  const startedAt = new Date('2025-11-24T06:31:05.999Z')
  expect(defaultRunName(startedAt, 'http://localhost:8000/v1')).toBe('2025-11-24T06-31-05-localhost-8000')
  expect(defaultRunName(startedAt, 'http://[::1]:8000')).toBe('2025-11-24T06-31-05-1-8000')
  expect(defaultRunName(startedAt, null)).toBe('2025-11-24T06-31-05-embedded')
})
