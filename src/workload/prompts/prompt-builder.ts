import { MetronError } from '../../errors/metron-error.ts'
import type { RandomStream } from '../../numerics/random-stream.ts'
import type { Tokenizer } from '../../tokens/tokenizer.ts'
import { createCorpusReader } from './corpus-reader.ts'
import { findFiller } from './filler.ts'
import { fitText, type TextParts } from './fit-text.ts'
import { createSalt, type Salt } from './salt.ts'

/**
 * The prompt of request `id`.
 *
 * @param promptTokens Exact number of tokens of the prompt, whole, >= 1.
 * @param outputTokens Wanted length of the answer, whole, >= 1; the prompt asks for at least as many words, since a
 * word is at least one token.
 *
 * Throws `MetronError` `bad-config` for lengths that are not whole numbers >= 1.
 */
export type PromptBuilder = (id: number, promptTokens: number, outputTokens: number) => string

/** How prompts are made. */
export interface PromptBuilderOptions {
  readonly tokenizer: Tokenizer
  /** Prompts depend on the seed of this stream only; nothing is drawn from it. */
  readonly random: RandomStream
  /** All prompts begin with the same text of so many tokens, which a prefix cache can serve; default 0. */
  readonly sharedPrefixTokens?: number
}

/**
 * Makes prompts of an exact token count: a salt, an instruction, and corpus text from a seeded place on.
 *
 * - Same stream seed and id, same prompt; any id may be asked for at any time.
 * - The salt makes prompts of different ids start differently, so that no prefix cache helps unless
 *   `sharedPrefixTokens` asks for it. A prompt no longer than the shared prefix is all shared text.
 * - Short prompts drop the instruction first and then words of the salt; the count stays exact, and prompts stay
 *   unique as far as so few tokens allow.
 * - The count is that of the text alone by the given tokenizer. A chat template adds its own tokens at the server
 *   (roles, separators, a system prompt, often 5 to 30), so `usage.prompt_tokens` of a chat request is larger by a
 *   constant, and differs altogether when the tokenizer is not the one of the model.
 */
export function createPromptBuilder(options: PromptBuilderOptions): PromptBuilder {
  const { tokenizer, random } = options
  const sharedTokens = options.sharedPrefixTokens ?? 0
  requireWhole(sharedTokens, 0, 'sharedPrefixTokens')
  const reader = createCorpusReader(tokenizer)
  const tools = { tokenizer, reader, filler: findFiller(tokenizer) }
  const salt = createSalt(tokenizer, random.split('salt'), sharedTokens === 0)
  const places = random.split('place')
  const sharedStart = reader.sentenceAt(random.split('shared').uniform())
  const sharedText = (tokens: number) =>
    fitText({ head: '', headTokens: 0, startWord: sharedStart }, tokens, tools)
  const shared = sharedTokens === 0 ? '' : sharedText(sharedTokens)

  return (id, promptTokens, outputTokens) => {
    requireWhole(promptTokens, 1, 'promptTokens')
    requireWhole(outputTokens, 1, 'outputTokens')
    if (promptTokens <= sharedTokens) return promptTokens === sharedTokens ? shared : sharedText(promptTokens)
    const startWord = reader.sentenceAt(places.split(id).uniform())
    const gap = sharedTokens === 0 ? '' : ' '
    for (const opening of openings(salt, id, outputTokens)) {
      const own = gap + opening
      const headTokens = sharedTokens + tokenizer.count(own)
      if (headTokens > promptTokens) continue
      return fitText({ head: shared + own, headTokens, startWord }, promptTokens, tools)
    }
    const bare: TextParts = { head: shared, headTokens: sharedTokens, startWord }
    return fitText(bare, promptTokens, tools)
  }
}

/** What a prompt may start with, richest first. */
function* openings(salt: Salt, id: number, outputTokens: number): Generator<string> {
  const words = outputTokens === 1 ? '1 word' : `${outputTokens} words`
  const all = salt.of(id, salt.words)
  yield `${all}. Answer in at least ${words}. Retell these notes in your own words, add detail, do not stop early:`
  yield `${all}. Write ${words}.`
  for (let i = salt.words; i >= 1; i--) yield salt.of(id, i)
}

function requireWhole(value: number, least: number, name: string): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new MetronError('bad-config', `${name} must be a whole number of at least ${least}, not ${value}`, {
    hint: 'Check the length distribution of prompts and answers.',
  })
}
