import { expect, test } from 'vitest'
import { loadTokenizer } from './load-tokenizer.ts'

test('builtin names the tokenizer that needs no file', async () => {
  const tokenizer = await loadTokenizer('builtin')
  expect(tokenizer.name).toBe('builtin (o200k_base)')
})

test('anything else is a path', async () => {
  const tokenizer = await loadTokenizer('test/fixtures/tokenizer')
  expect(tokenizer.name).toBe('test/fixtures/tokenizer/tokenizer.json')
  await expect(loadTokenizer('./builtin')).rejects.toMatchObject({ code: 'bad-input-file' })
})
