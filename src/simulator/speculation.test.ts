import { expect, test } from 'vitest'
import { createEngineParts, engineOptions } from './engine-options.ts'
import { simulate } from './simulate-run.ts'
import { acceptedDrafts } from './speculation.ts'

const OPTIONS = { draftTokens: 4, acceptance: 0.7, draftFraction: 0.05, seed: 3 }

test.each([
  [0.7, 4],
  [0.9, 8],
  [0.3, 1],
])(
  'with acceptance %d and %d drafts, tokens a step have the mean of equation 1 of arXiv 2211.17192',
  (p, k) => {
    const options = { ...OPTIONS, acceptance: p, draftTokens: k }
    const count = 40_000
    let tokens = 0
    for (let at = 0; at < count; at++) tokens += 1 + acceptedDrafts(options, k, at % 7, at)
    expect(tokens / count / ((1 - p ** (k + 1)) / (1 - p))).toBeCloseTo(1, 1.7)
  },
)

test('all drafts are accepted at 1, none at 0, and which is a function of the seed', () => {
  expect(acceptedDrafts({ ...OPTIONS, acceptance: 1 }, 4, 0, 0)).toBe(4)
  expect(acceptedDrafts({ ...OPTIONS, acceptance: 0 }, 4, 0, 0)).toBe(0)
  const draw = (seed: number) =>
    Array.from({ length: 50 }, (_, at) => acceptedDrafts({ ...OPTIONS, seed }, 4, 1, at))
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
})

/** A step costs 100 ns plus 1 ns a decoded token. */
function run(speculation: Partial<typeof OPTIONS> | null, outputTokens = 12) {
  const step = { baseNs: 100, prefillTokenNs: 0, prefillPairNs: 0, sequenceNs: 1, contextTokenNs: 0 }
  const parts = createEngineParts(engineOptions.parse({ step, speculation }))
  return [...simulate([{ id: 0, dueNs: 0, promptTokens: 5, outputTokens }], parts)[0]!.tokenNs]
}

test('several tokens share a step, whose drafts cost time, by hand', () => {
  // A step checks 1 + 4 tokens and drafts 4, each a tenth of a plain step of 101: 100 + 5 + 40.4.
  // The last token needs no drafts.
  const speculation = { draftTokens: 4, acceptance: 1, draftFraction: 0.1 }
  expect(run(speculation)).toEqual([100, 245, 245, 245, 245, 245, 390, 390, 390, 390, 390, 491])
  expect(new Set(run(null)).size).toBe(12)
})

test('drafts that are all wrong make an answer later, not other', () => {
  const wrong = run({ draftTokens: 4, acceptance: 0, draftFraction: 0.1 })
  expect(wrong.length).toBe(12)
  expect(new Set(wrong).size).toBe(12)
  expect(wrong.at(-1)).toBeGreaterThan(run(null).at(-1)!)
})
