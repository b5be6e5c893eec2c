import { expect, test } from 'vitest'
import { lineOfField } from './line-of-field.ts'

const TEXT = `{
  "a": [1, 2,
    3],
  "b \\" [": {
    "c":
      [[], [{"a": "x]}"}, null]]
  },
  "d": -1.5e3
}`

test.each<readonly [readonly PropertyKey[], number]>([
  [[], 1],
  [['a'], 2],
  [['a', 1], 2],
  [['a', 2], 3],
  [['b " ['], 4],
  [['b " [', 'c'], 6],
  [['b " [', 'c', 1, 0, 'a'], 6],
  [['d'], 8],
  [['missing'], 1],
  [['a', 9], 2],
  [['b " [', 'missing'], 4],
])('the field %j begins on line %i', (path, line) => {
  expect(lineOfField(TEXT, path)).toBe(line)
})
