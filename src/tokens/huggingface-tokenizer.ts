import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MetronError } from '../errors/metron-error.ts'
import type { Tokenizer } from './tokenizer.ts'

const HINT = 'Give the path of a tokenizer.json in Hugging Face format, or of the folder that holds it.'

/**
 * Loads a Hugging Face `tokenizer.json`, exact for the model it belongs to.
 *
 * @param path The file, or a folder with a `tokenizer.json`. A `tokenizer_config.json` in the same folder is used.
 *
 * Text is encoded without special tokens added; special tokens written out in the text are recognised, as the
 * reference implementation does. Lone surrogates count as U+FFFD where the vocabulary is byte-level.
 *
 * Throws {@link MetronError} `bad-input-file` when the file is missing, unreadable, not JSON or not a tokenizer of a
 * supported kind (BPE, WordPiece, Unigram).
 */
export async function loadHuggingFaceTokenizer(path: string): Promise<Tokenizer> {
  const file = await locate(path)
  const json = await readJson(file)
  if (json === null)
    throw new MetronError('bad-input-file', `tokenizer file not found: ${file}`, { hint: HINT })
  const configFile = join(dirname(file), 'tokenizer_config.json')
  const config = (await readJson(configFile)) ?? {}
  const { Tokenizer: HuggingFaceTokenizer } = await import('@huggingface/tokenizers')
  const tokenizer = await build(() => new HuggingFaceTokenizer(json, config), file)
  const encode = (text: string): number[] => tokenizer.encode(text, { add_special_tokens: false }).ids
  return {
    name: file,
    encode,
    decode: (ids) =>
      ids.length === 0 ? '' : tokenizer.decode([...ids], { clean_up_tokenization_spaces: false }),
    count: (text) => encode(text).length,
    ...(isByteLevel(json) ? { byteLength: measureTokens(tokenizer) } : {}),
  }
}

interface Vocabulary {
  id_to_token(id: number): string | undefined
  get_added_tokens_decoder(): ReadonlyMap<number, { readonly content: string }>
}

/** Byte-level vocabularies spell each byte with one character, except in added tokens, which are plain text. */
function measureTokens(tokenizer: Vocabulary): (id: number) => number | undefined {
  const added = tokenizer.get_added_tokens_decoder()
  return (id) => {
    const plain = added.get(id)
    return plain === undefined ? tokenizer.id_to_token(id)?.length : Buffer.byteLength(plain.content)
  }
}

function isByteLevel(json: object): boolean {
  return 'decoder' in json && (json.decoder as { type?: unknown } | null)?.type === 'ByteLevel'
}

async function locate(path: string): Promise<string> {
  const found = await stat(path).catch(() => null)
  return found?.isDirectory() ? join(path, 'tokenizer.json') : path
}

/** `null` when there is no such file. */
async function readJson(file: string): Promise<object | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new MetronError('bad-input-file', `tokenizer file cannot be read: ${file}`, { hint: HINT, cause })
  }
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json
  } catch (cause) {
    const pointer = text.startsWith('version https://git-lfs')
    const hint = pointer ? 'The file is a Git LFS pointer: fetch the real file with `git lfs pull`.' : HINT
    throw new MetronError('bad-input-file', `tokenizer file is not JSON: ${file}`, { hint, cause })
  }
  throw new MetronError('bad-input-file', `tokenizer file is not a JSON object: ${file}`, { hint: HINT })
}

/** The library checks little when it is made, so the tokenizer proves itself on a short text. */
async function build<T extends { encode(text: string, options: object): { ids: unknown[] } }>(
  make: () => T,
  file: string,
): Promise<T> {
  try {
    const tokenizer = make()
    const { ids } = tokenizer.encode('Hello, world', { add_special_tokens: false })
    if (ids.length > 0 && ids.every(Number.isInteger)) return tokenizer
  } catch (cause) {
    throw new MetronError('bad-input-file', `not a tokenizer of a supported kind: ${file}`, {
      hint: HINT,
      cause,
    })
  }
  throw new MetronError('bad-input-file', `the tokenizer has no ids for plain text: ${file}`, { hint: HINT })
}
