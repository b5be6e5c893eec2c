import { expect, test } from 'vitest'
import { renderReproduction } from '../../report/html/render-reproduction.ts'
import { renderReproductionText } from '../../report/terminal/render-reproduction-text.ts'
import { EXPERIMENTS, reproducePaper } from './reproduce-paper.ts'

const never = new AbortController().signal
const context = { seed: 2, scale: 0.1 }
const run = (ids: readonly string[], seed = 2) =>
  reproducePaper(ids, { ...context, seed }, { onBegin: () => {}, stop: never })

test('the same seed gives the same JSON, another seed another', async () => {
  const first = JSON.stringify(await run(['b', 'c', 'e']))
  expect(JSON.stringify(await run(['b', 'c', 'e']))).toBe(first)
  expect(JSON.stringify(await run(['b', 'c', 'e'], 4))).not.toBe(first)
})

test('stopped after one claim, it tells which are left', async () => {
  const stop = new AbortController()
  const { experiments, left } = await reproducePaper(['a', 'e', 'b'], context, {
    onBegin: () => stop.abort(),
    stop: stop.signal,
  })
  expect(experiments.map(({ id }) => id)).toEqual(['a'])
  expect(left).toEqual(['e', 'b'])
})

test('page and text show every claim, number and verdict, and nothing that is no number', async () => {
  const reproduction = await run(['a', 'b', 'e'])
  const page = renderReproduction(reproduction)
  const text = renderReproductionText(reproduction, { color: false, width: 80 })
  for (const shown of [page, text]) {
    expect(shown).not.toMatch(/\bNaN|undefined|Infinity|>null<|\[object/)
    for (const { comparisons } of reproduction.experiments)
      for (const { name } of comparisons) expect(shown).toContain(name)
  }
  expect(page.match(/<svg class="plot"/g)).toHaveLength(4)
  expect(page).not.toMatch(/<script|<link rel="stylesheet|@import|url\(|https?:\/\/[^<]*"/)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(text.match(/agrees|disagrees/g)!.length).toBeGreaterThanOrEqual(3)
})

test('each experiment has the id it is listed under', async () => {
  const { experiments } = await run(['a', 'e'])
  expect(experiments.map(({ id }) => id)).toEqual(['a', 'e'])
  expect(Object.keys(EXPERIMENTS)).toEqual(['a', 'b', 'c', 'd', 'e'])
})
