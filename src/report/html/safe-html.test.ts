import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html, type SafeHtml, toMarkup } from './safe-html.ts'

test('text and attributes are escaped', () => {
  const hostile = `<img src=x onerror="alert('1')">&\``
  const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;&#96;'
  expect(toMarkup(html`<p title="${hostile}">${hostile}</p>`)).toBe(`<p title="${escaped}">${escaped}</p>`)
})

test('markup made by the template stays markup, alone and in lists', () => {
  const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`)
  expect(toMarkup(html`<ul>${items}</ul>`)).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>')
})

test('what looks like the brand but is not is refused', () => {
  const forged = JSON.parse('{"Symbol(safe html)":"<script>"}') as SafeHtml
  expect(() => html`<p>${forged}</p>`).toThrow()
})

test('null, undefined and false leave nothing; numbers that are not finite are an en dash', () => {
  expect(toMarkup(html`<p>${null}${undefined}${false}${0}${Number.NaN}${Number.POSITIVE_INFINITY}</p>`)).toBe(
    '<p>0––</p>',
  )
})

test('no text can put markup into the result', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = toMarkup(html`<p title="${text}">${text}</p>`)
      const inner = escaped.slice('<p title="'.length, -'</p>'.length)
      expect(inner.match(/[<>"]/g)).toEqual(['"', '>'])
      expect(escaped).not.toMatch(/[^\P{Cc}\n\t]|\u202e/u)
    }),
  )
})

test.each<[string, () => SafeHtml]>([
  ['a tag name', () => html`<${'p'}>`],
  ['an attribute name', () => html`<p ${'x'}="1">`],
  ['an unquoted value', () => html`<p title=${'x'}>`],
  ['a single-quoted value', () => html`<p title='${'x'}'>`],
  ['a script', () => html`<script>${'x'}</script>`],
  ['a style', () => html`<style>a{color:${'x'}}</style>`],
  ['a comment', () => html`<!-- ${'x'} -->`],
  ['an event handler', () => html`<p onclick="${'x'}">`],
  ['inline style', () => html`<p style="${'x'}">`],
  ['a link', () => html`<a href="${'x'}">`],
  ['the middle of a link', () => html`<a href="java${'x'}">`],
])('a hole in %s is refused', (_, make) => {
  expect(make).toThrow(TypeError)
})

test('markup in an attribute is refused', () => {
  expect(() => html`<p title="${html`<b>`}">`).toThrow(TypeError)
})

test('a link to an anchor of the page, text behind a style sheet and an attribute behind a > are allowed', () => {
  expect(toMarkup(html`<style>p > a {}</style><p title="a > b"><a href="#x-${'"'}">${'<'}</a>`)).toBe(
    '<style>p > a {}</style><p title="a > b"><a href="#x-&quot;">&lt;</a>',
  )
})
