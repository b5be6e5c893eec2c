import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeSyntheticRun, type SyntheticRun } from '../../../test/synthetic-run.ts'
import { buildRunView } from '../view/build-run-view.ts'
import type { RunView } from '../view/run-view.ts'
import { renderReport } from './render-report.ts'

const viewOf = (run: SyntheticRun): RunView => buildRunView(makeSyntheticRun(run))
const small = viewOf({ requests: 24, failFraction: 0.2, text: 'harmless' })

/** Fields that are chosen from closed lists by our own code; every other string of a view is replaced. */
const OURS = new Set([
  'kind',
  'verdict',
  'unit',
  'better',
  'scope',
  'status',
  'scale',
  'origin',
  'failedRequests',
  'id',
])

function withText<T>(value: T, text: string, key = ''): T {
  if (typeof value === 'string') return (OURS.has(key) ? value : text) as T
  if (Array.isArray(value)) return value.map((each) => withText(each, text, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, withText(each, text, name)]),
  ) as T
}

/** Tags with their attribute names, in order: what a parser would build, without text and values. */
function skeleton(markup: string): string[] {
  const tags: string[] = []
  const pattern = /<(?:!--|[!/]?[a-z][^\s>/]*)((?:\s+[^\s=>"']+="[^"]*")*)\s*\/?>/giy
  for (let at = markup.indexOf('<html'); at !== -1; at = markup.indexOf('<', at + 1)) {
    pattern.lastIndex = at
    const match = pattern.exec(markup)
    tags.push(match === null ? `broken at ${markup.slice(at, at + 40)}` : match[0].replace(/="[^"]*"/g, ''))
  }
  return tags
}

const HOSTILE = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  '</style><style>*{display:none}</style>',
  '"><svg onload=alert(1)>',
  `' onmouseover='alert(1)`,
  ']]><!--',
  '--><b>',
  '&lt;b&gt;&#x3c;b&#x3e;',
  '</title></head><body>',
  'javascript:alert(1)',
  '\u0000<\u0000b>',
  '\u202eevil',
]

test('the skeleton of a page is made of whole tags', () => {
  expect(skeleton(renderReport(small)).filter((tag) => tag.startsWith('broken'))).toEqual([])
})

test.each(HOSTILE)('%j changes no tag and no attribute, wherever it stands', (text) => {
  const harmless = skeleton(renderReport(withText(small, 'harmless')))
  expect(skeleton(renderReport(withText(small, text)))).toEqual(harmless)
})

test('no text at all changes a tag or an attribute', () => {
  const harmless = skeleton(renderReport(withText(small, 'harmless')))
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(skeleton(renderReport(withText(small, text)))).toEqual(harmless)
    }),
    { numRuns: 40 },
  )
})

test('text that came from the server is shown as it came', () => {
  const page = renderReport(viewOf({ requests: 24, failFraction: 0.2, text: '<b>&"boom"' }))
  expect(page).toContain('&lt;b&gt;&amp;&quot;boom&quot;')
})

test.each<[string, SyntheticRun]>([
  ['no request', { requests: 0 }],
  ['one request', { requests: 1 }],
  ['one failed request', { requests: 1, failFraction: 1 }],
  ['all requests failed', { requests: 60, failFraction: 1 }],
  ['no health', { requests: 30, health: null }],
  ['some failed', { requests: 120, failFraction: 0.1 }],
])('a run with %s renders without NaN, undefined, null or Infinity', (_, run) => {
  expect(renderReport(viewOf(run))).not.toMatch(/\bNaN|undefined|Infinity|>null<|\[object/)
})

test('the page forbids network and scripts, and holds neither', () => {
  const page = renderReport(small)
  expect(page).toContain(`default-src 'none'; style-src 'unsafe-inline'; img-src data:`)
  expect(page).not.toMatch(/<script|<link rel="stylesheet|@import|url\(|https?:\/\/[^<]*"/)
})

test('headings do not skip a level and ids are unique', () => {
  const page = renderReport(viewOf({ requests: 120, failFraction: 0.1 }))
  const levels = [...page.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]))
  expect(levels[0]).toBe(1)
  for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1)
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1])
  expect(ids.length).toBe(new Set(ids).size)
  const anchors = [...page.matchAll(/href="#([^"]*)"/g)].map((match) => match[1])
  for (const anchor of anchors) expect(ids).toContain(anchor)
})

test('every chart has a text alternative with its numbers', () => {
  const page = renderReport(viewOf({ requests: 120 }))
  const labels = [...page.matchAll(/role="img" aria-label="([^"]*)"/g)].map((match) => match[1]!)
  expect(labels.length).toBeGreaterThanOrEqual(12)
  expect(labels.filter((label) => !/\d/.test(label))).toEqual([])
})
