import { expect, test } from 'vitest'
import { calibrationPath } from './calibration-path.ts'

test("the file is in the user's folder for caches", () => {
  expect(calibrationPath({}, 'linux', '/home/a')).toBe('/home/a/.cache/metron/calibration.json')
  expect(calibrationPath({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/a')).toBe('/c/metron/calibration.json')
  expect(calibrationPath({ XDG_CACHE_HOME: 'c' }, 'linux', '/home/a')).toBe(
    '/home/a/.cache/metron/calibration.json',
  )
  expect(calibrationPath({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Caches/metron/calibration.json')
  expect(calibrationPath({ LOCALAPPDATA: 'C:\\L' }, 'win32', 'C:\\U')).toBe('C:\\L\\metron\\calibration.json')
  expect(calibrationPath({}, 'win32', 'C:\\U')).toBe('C:\\U\\AppData\\Local\\metron\\calibration.json')
})

test('METRON_CALIBRATION_FILE wins, unless it is empty', () => {
  const env = { METRON_CALIBRATION_FILE: 'mine.json', XDG_CACHE_HOME: '/c' }
  expect(calibrationPath(env, 'linux', '/home/a')).toBe('mine.json')
  expect(calibrationPath({ METRON_CALIBRATION_FILE: '' }, 'linux', '/h')).toBe(
    '/h/.cache/metron/calibration.json',
  )
})
