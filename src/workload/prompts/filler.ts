import type { Tokenizer } from '../../tokens/tokenizer.ts'

const SAMPLES = ['The ferry leaves the small harbor.', 'People bring the novels', 'Write 20']

const CANDIDATES = [
  ' and',
  ' so',
  ' then',
  ' the',
  ' of',
  ' to',
  ' a',
  ...'.!?,;:-+=/0123456789',
  ...'qzxjkvwy',
  '\n',
  ' ',
]

/**
 * Finds a short text that adds exactly one token each time it is appended, measured after several texts. `null` when
 * the tokenizer has none among some forty candidates.
 */
export function findFiller(tokenizer: Tokenizer): string | null {
  const bases = SAMPLES.map((sample) => tokenizer.count(sample))
  const adds = (candidate: string, times: number) =>
    SAMPLES.every((sample, i) => tokenizer.count(sample + candidate.repeat(times)) === bases[i]! + times)
  return CANDIDATES.find((candidate) => [1, 2, 5].every((times) => adds(candidate, times))) ?? null
}
