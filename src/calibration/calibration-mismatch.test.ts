import { expect, test } from 'vitest'
import { calibrationMismatch } from './calibration-mismatch.ts'

const here = { versions: { metron: '0.1.0', node: '24.21.0' }, machine: { cpu: 'A', cores: 2 } }

test('another minor version of Node is the same system', () => {
  expect(calibrationMismatch({ ...here, versions: { metron: '0.1.0', node: '24.1.0' } }, here)).toBeNull()
})

test.each([
  ['processor', { ...here, machine: { cpu: 'B', cores: 2 } }],
  ['cores', { ...here, machine: { cpu: 'A', cores: 4 } }],
  ['Node', { ...here, versions: { metron: '0.1.0', node: '22.19.0' } }],
  ['Metron', { ...here, versions: { metron: '0.2.0', node: '24.21.0' } }],
])('another %s is another system', (word, other) => {
  expect(calibrationMismatch(other, here)).toContain(word)
})
