/**
 * A tokenizer as the workload and the attribution of tokens need it. `decode(encode(text))` is `text` for text
 * without lone surrogates.
 */
export interface Tokenizer {
  /** `builtin` or the path of the tokenizer.json. */
  readonly name: string
  /** Token ids of `text`, without special tokens added. */
  encode(text: string): ArrayLike<number>
  decode(ids: readonly number[]): string
  /** Number of tokens of `text`. */
  count(text: string): number
}
