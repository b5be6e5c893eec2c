import { expect, test } from 'vitest'
import { findJsonError } from './find-json-error.ts'

function errorOf(text: string): Error {
  try {
    JSON.parse(text)
  } catch (error) {
    return error as Error
  }
  throw new Error('it is JSON')
}

/** The place of the mark, which is taken out. */
test.each([
  '{"a": ^NaN}',
  '{"a": 1,\n "b": -^Infinity}',
  '{"a": [1, 2^',
  '{"a": "cut^',
  '^id,ttft\n1,0.2\n',
  '{"a": 1}\n^}',
  '{"a": 1 ^"b": 2}',
  '^<html>',
])('a text stops being JSON at the mark: %j', (marked) => {
  const text = marked.replace('^', '')
  const at = findJsonError(text, errorOf(text))
  // Within an unfinished string the parser may name its beginning.
  expect([marked.indexOf('^'), text.lastIndexOf('"')]).toContain(at)
})

test('an empty element of a list is found nowhere', () => {
  expect(findJsonError('[1,,2]', errorOf('[1,,2]'))).toBeNull()
})
