import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import reference from '../../test/fixtures/tokenizer/reference.json' with { type: 'json' }
import { loadHuggingFaceTokenizer } from './huggingface-tokenizer.ts'

const FIXTURES = 'test/fixtures/tokenizer'

test.each(['tokenizer.json', 'byte-fallback/tokenizer.json'])(
  'ids of %s are those of the Python package tokenizers 0.23.3',
  async (file) => {
    const tokenizer = await loadHuggingFaceTokenizer(join(FIXTURES, file))
    const cases = reference.cases.filter((one) => one.tokenizer === file)
    expect(cases.length).toBeGreaterThan(5)
    for (const { text, ids } of cases) {
      expect(tokenizer.encode(text)).toEqual(ids)
      expect(tokenizer.count(text)).toBe(ids.length)
    }
  },
)

test('decoding gives back any text, and byte lengths add up to it', async () => {
  const tokenizer = await loadHuggingFaceTokenizer(FIXTURES)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const ids = Array.from(tokenizer.encode(text))
      const bytes = ids.reduce((sum, id) => sum + tokenizer.byteLength!(id)!, 0)
      expect(tokenizer.decode(ids)).toBe(text)
      expect(bytes).toBe(Buffer.byteLength(text))
    }),
  )
})

test('a folder stands for the tokenizer.json in it, and the empty text has no tokens', async () => {
  const tokenizer = await loadHuggingFaceTokenizer(FIXTURES)
  expect(tokenizer.name).toBe(join(FIXTURES, 'tokenizer.json'))
  expect(tokenizer.count('')).toBe(0)
  expect(tokenizer.decode([])).toBe('')
})

test('only byte-level vocabularies have byte lengths', async () => {
  const tokenizer = await loadHuggingFaceTokenizer(join(FIXTURES, 'byte-fallback'))
  expect(tokenizer.byteLength).toBeUndefined()
})

test('a missing file and a folder without one are bad input', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tokenizer-'))
  for (const path of [folder, join(folder, 'none.json')]) {
    await expect(loadHuggingFaceTokenizer(path)).rejects.toMatchObject({
      code: 'bad-input-file',
      message: expect.stringContaining('not found'),
      hint: expect.stringContaining('tokenizer.json'),
    })
  }
})

test.each([
  ['{"model": ', 'not JSON'],
  ['version https://git-lfs.github.com/spec/v1', 'not JSON'],
  ['[1, 2]', 'not a JSON object'],
  ['null', 'not a JSON object'],
  ['{}', 'not a tokenizer'],
  ['{"model":{"type":"Other"},"decoder":null,"post_processor":null,"pre_tokenizer":null}', 'not a tokenizer'],
  [
    '{"model":{"type":"BPE","vocab":{"q":0},"merges":[]},"decoder":null,"post_processor":null,"pre_tokenizer":null,"normalizer":null,"added_tokens":[]}',
    'no ids',
  ],
])('the file %s is bad input', async (content, message) => {
  const folder = await mkdtemp(join(tmpdir(), 'tokenizer-'))
  const file = join(folder, 'tokenizer.json')
  await writeFile(file, content)
  await expect(loadHuggingFaceTokenizer(file)).rejects.toMatchObject({
    code: 'bad-input-file',
    message: expect.stringContaining(message),
    hint: expect.any(String),
  })
})

test('a tokenizer_config.json that is not JSON is bad input', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tokenizer-'))
  await writeFile(join(folder, 'tokenizer.json'), '{}')
  await writeFile(join(folder, 'tokenizer_config.json'), 'nonsense')
  await expect(loadHuggingFaceTokenizer(folder)).rejects.toMatchObject({
    code: 'bad-input-file',
    message: expect.stringContaining('tokenizer_config.json'),
  })
})
