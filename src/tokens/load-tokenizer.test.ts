import { expect, test } from 'vitest'
import { isExactTokenizer, loadTokenizer } from './load-tokenizer.ts'

test('builtin names the tokenizer that needs no file', async () => {
  const tokenizer = await loadTokenizer('builtin')
  expect(tokenizer.name).toBe('builtin (o200k_base)')
})

test('anything else is a path', async () => {
  const tokenizer = await loadTokenizer('test/fixtures/tokenizer')
  expect(tokenizer.name).toBe('test/fixtures/tokenizer/tokenizer.json')
  await expect(loadTokenizer('./builtin')).rejects.toMatchObject({ code: 'bad-input-file' })
})

test("o200k_base is the same tokenizer, called the model's own", async () => {
  const tokenizer = await loadTokenizer('o200k_base')
  const builtin = await loadTokenizer('builtin')
  expect(tokenizer.encode(' plain words')).toEqual(builtin.encode(' plain words'))
  expect(isExactTokenizer('o200k_base')).toBe(true)
  expect(isExactTokenizer('path/to/tokenizer.json')).toBe(true)
  expect(isExactTokenizer('builtin')).toBe(false)
})
