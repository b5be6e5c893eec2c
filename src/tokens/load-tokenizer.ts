import { loadBuiltinTokenizer } from './builtin-tokenizer.ts'
import { loadHuggingFaceTokenizer } from './huggingface-tokenizer.ts'
import type { Tokenizer } from './tokenizer.ts'

/**
 * Loads the tokenizer that a config names.
 *
 * @param spec `builtin` or `o200k_base`, or the path of a tokenizer.json or of the folder that holds it. Both names mean
 * the tokenizer that needs no file; `o200k_base` says that it is the model's own, see `isExactTokenizer`. A file that
 * is really called by such a name is reached as `./builtin`.
 *
 * Throws `MetronError` `bad-input-file` as `loadHuggingFaceTokenizer` does.
 */
export function loadTokenizer(spec: string): Promise<Tokenizer> {
  return spec === 'builtin' || spec === 'o200k_base' ? loadBuiltinTokenizer() : loadHuggingFaceTokenizer(spec)
}

/**
 * Whether a config says by `spec` that this is the model's own tokenizer, so that it may count answers. `builtin` is what
 * nobody chose: it sizes prompts, and its counts of another model's answer would be wrong.
 */
export function isExactTokenizer(spec: string): boolean {
  return spec !== 'builtin'
}
