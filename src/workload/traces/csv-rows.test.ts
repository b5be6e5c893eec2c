import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvRows } from './csv-rows.ts'

const rowsOf = (text: string) => [...csvRows(text, 'file.csv')]

test('fields come row by row with the line they start on; blank lines count but give no row', () => {
  expect(rowsOf('a,b\n1,2\n\n3,\r\n,4\r5,6')).toEqual([
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fields: ['1', '2'] },
    { line: 4, fields: ['3', ''] },
    { line: 5, fields: ['', '4'] },
    { line: 6, fields: ['5', '6'] },
  ])
})

test('quoted fields keep commas, quotes and line breaks, and lines are counted through them', () => {
  expect(rowsOf('"a ""b"", c","x\r\ny"\n1,2\n')).toEqual([
    { line: 1, fields: ['a "b", c', 'x\r\ny'] },
    { line: 3, fields: ['1', '2'] },
  ])
})

test('a byte order mark is dropped, and empty text has no rows', () => {
  expect(rowsOf('\uFEFFa,b')).toEqual([{ line: 1, fields: ['a', 'b'] }])
  expect(rowsOf('')).toEqual([])
  expect(rowsOf('\n\r\n  \n')).toEqual([])
})

test('a quote that is never closed is an error that names file and line', () => {
  expect(() => rowsOf('a,b\n1,"2\n3,4')).toThrow('file.csv:2: a quoted field is never closed')
})

test('any table written by RFC 4180 is read back as it was', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', '\n', '\r', ' ', 'é') })
  const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 5 })
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, lineEnd) => {
      const text = rows
        .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
        .join(lineEnd)
      expect(rowsOf(text).map((row) => row.fields)).toEqual(rows)
    }),
  )
})
