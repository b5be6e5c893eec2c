import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { pointAt, sampleCalibration } from '../../test/calibration/samples.ts'
import { readCalibration, writeCalibration } from './calibration-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'metron-calibration-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('what is written, in a folder that does not exist yet, is read back', () => {
  const path = join(folder, 'a', 'b', 'calibration.json')
  const calibration = sampleCalibration([pointAt(10_000, 0.4e6), pointAt(0, 9e6)])
  writeCalibration(path, calibration)
  expect(readCalibration(path)).toEqual({ calibration, problem: null })
})

test('no file is no problem', () => {
  expect(readCalibration(join(folder, 'none.json'))).toEqual({ calibration: null, problem: null })
})

test.each([
  ['', /not JSON/],
  ['{"schemaVersion":1', /not JSON/],
  ['[]', /the document/],
  [JSON.stringify({ ...sampleCalibration([]), schemaVersion: 2 }), /schemaVersion/],
  [JSON.stringify({ ...sampleCalibration([]), limits: [{ workers: 'one' }] }), /limits\.0/],
])('%s is a problem and not an error', (text, problem) => {
  const path = join(folder, 'bad.json')
  writeFileSync(path, text)
  const found = readCalibration(path)
  expect(found.calibration).toBeNull()
  expect(found.problem).toMatch(problem)
})

test('a folder in the place of the file is a problem and not an error', () => {
  expect(readCalibration(folder).problem).toMatch(/EISDIR/)
})

test('a place that cannot be written is an error that says so', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect(() => writeCalibration(join(file, 'calibration.json'), sampleCalibration([]))).toThrow(
    expect.objectContaining({ code: 'cannot-write' }),
  )
})
