import { type HolePlace, holePlace } from './hole-place.ts'

const BRAND: unique symbol = Symbol('safe html')

/** Markup that was made by the {@link html} template, and by nothing else. */
export interface SafeHtml {
  readonly [BRAND]: string
}

/** What may stand in a hole of the template. `null`, `undefined` and `false` leave nothing. */
export type Hole = SafeHtml | string | number | null | undefined | false | readonly Hole[]

const places = new WeakMap<TemplateStringsArray, readonly HolePlace[]>()

/**
 * Builds markup in which hostile text stays text, by construction: every hole is escaped unless it holds what this template made.
 *
 * Holes may stand in text and inside a double-quoted attribute value. Anywhere else the template itself is wrong and a
 * `TypeError` says so when it is first used, whatever the hole holds; so does markup given to an attribute.
 *
 * Numbers that are not finite are written as an en dash. Control characters and bidirectional overrides, which could reorder
 * what is shown, become U+FFFD.
 */
export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): SafeHtml {
  const where = placesOf(strings)
  let text = strings[0]!
  for (let i = 0; i < holes.length; i++) text += render(holes[i], where[i]!) + strings[i + 1]!
  return { [BRAND]: text }
}

/** The markup as a string: the only way out. */
export function toMarkup(safe: SafeHtml): string {
  return safe[BRAND]
}

function placesOf(strings: TemplateStringsArray): readonly HolePlace[] {
  const known = places.get(strings)
  if (known !== undefined) return known
  let before = ''
  const found = strings.slice(0, -1).map((literal) => {
    before += literal
    const place = holePlace(before)
    before += 'x'
    return place
  })
  places.set(strings, found)
  return found
}

function render(hole: Hole, place: HolePlace): string {
  if (hole === null || hole === undefined || hole === false) return ''
  if (typeof hole === 'number') return Number.isFinite(hole) ? String(hole) : '–'
  if (typeof hole === 'string') return escapeText(hole)
  if (!isSafe(hole)) return hole.map((part) => render(part, place)).join('')
  if (place === 'attribute') throw new TypeError('html: markup was given to an attribute')
  return hole[BRAND]
}

function isSafe(hole: SafeHtml | readonly Hole[]): hole is SafeHtml {
  return BRAND in hole
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

// Control characters but tab and line feed, and the marks that make text run in the other direction.
const UNSHOWABLE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

function escapeText(text: string): string {
  return text
    .replace(UNSHOWABLE, (character) => (character === '\n' || character === '\t' ? character : '\ufffd'))
    .replace(/[&<>"'`]/g, (character) => ENTITIES[character]!)
}
