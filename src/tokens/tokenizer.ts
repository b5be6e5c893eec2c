/**
 * A tokenizer as the workload and the attribution of tokens need it. `decode(encode(text))` is `text` for text
 * without lone surrogates, unless the tokenizer normalises what it reads (lower case, dropped spaces).
 */
export interface Tokenizer {
  /** `builtin (o200k_base)` or the path of the tokenizer.json. */
  readonly name: string
  /** Token ids of `text`, without special tokens added. */
  encode(text: string): ArrayLike<number>
  decode(ids: readonly number[]): string
  /** Number of tokens of `text`. */
  count(text: string): number
  /**
   * UTF-8 bytes of text that a token stands for, `undefined` for an unknown id. Only byte-level tokenizers have it,
   * whose tokens are fixed runs of bytes; it makes token offsets exact without decoding.
   */
  byteLength?(id: number): number | undefined
}
