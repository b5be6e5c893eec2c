import { loadBuiltinTokenizer } from './builtin-tokenizer.ts'
import { loadHuggingFaceTokenizer } from './huggingface-tokenizer.ts'
import type { Tokenizer } from './tokenizer.ts'

/**
 * Loads the tokenizer that a config names.
 *
 * @param spec `builtin`, or the path of a tokenizer.json or of the folder that holds it. A file that is really called
 * `builtin` is reached as `./builtin`.
 *
 * Throws `MetronError` `bad-input-file` as `loadHuggingFaceTokenizer` does.
 */
export function loadTokenizer(spec: string): Promise<Tokenizer> {
  return spec === 'builtin' ? loadBuiltinTokenizer() : loadHuggingFaceTokenizer(spec)
}
