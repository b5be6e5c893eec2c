import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, expectTypeOf, test } from 'vitest'
import type { infer as Infer } from 'zod'
import { completeManifest, sampleManifest } from '../../test/storage/samples.ts'
import type { Manifest } from '../records/manifest.ts'
import type { Plain } from './journal-line.ts'
import { readManifest, writeManifest } from './manifest-file.ts'
import type { manifestSchema } from './manifest-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'metron-manifest-'))
const path = join(folder, 'manifest.json')

test('the schema has the very type of a manifest', () => {
  expectTypeOf<Infer<typeof manifestSchema>>().toEqualTypeOf<Plain<Manifest>>()
})

test('the file is exactly the given object, and reading gives it back', async () => {
  for (const manifest of [sampleManifest(), completeManifest()]) {
    writeManifest(folder, manifest)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toStrictEqual(manifest)
    expect(await readManifest(folder)).toStrictEqual(manifest)
  }
  expect(readdirSync(folder)).toEqual(['manifest.json'])
})

test.each<[string, object]>([
  ['status', { status: 'over' }],
  ['seed', { seed: '1' }],
  ['startedAt', { startedAt: 'yesterday' }],
  ['target.accepts[1]', { target: { ...sampleManifest().target, accepts: ['a', 1] } }],
  [
    'health.lag.p99Ns',
    { health: { ...completeManifest().health, lag: { p50Ns: 1, p99Ns: null, maxNs: 1 } } },
  ],
  ['machine', { machine: undefined }],
])('a malformed %s is named', async (field, changes) => {
  writeFileSync(path, JSON.stringify({ ...sampleManifest(), ...changes }))
  await expect(readManifest(folder)).rejects.toMatchObject({
    code: 'bad-run-folder',
    message: expect.stringContaining(`${path}: field ${field}: `),
  })
})

test('a manifest of a newer version asks for a newer Metron', async () => {
  writeFileSync(path, '{"schemaVersion":2}')
  await expect(readManifest(folder)).rejects.toMatchObject({ code: 'unsupported' })
})

test('a missing manifest, a torn one and one that is no object are errors', async () => {
  await expect(readManifest(join(folder, 'none'))).rejects.toMatchObject({
    code: 'bad-run-folder',
    message: expect.stringContaining('there is no such file'),
    hint: expect.stringContaining('metron list'),
  })
  for (const text of ['{"schemaVersion":1,', 'null', '[]', '']) {
    writeFileSync(path, text)
    await expect(readManifest(folder)).rejects.toMatchObject({ code: 'bad-run-folder' })
  }
})

test('a folder that cannot be written leaves nothing behind and says what to do', () => {
  expect(() => writeManifest(path, sampleManifest())).toThrow(
    expect.objectContaining({ code: 'cannot-write', hint: expect.stringContaining('is a file') }),
  )
  expect(readdirSync(folder)).toEqual(['manifest.json'])
})
