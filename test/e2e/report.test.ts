import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderReport } from '../../src/report/html/render-report.ts'
import { buildRunView } from '../../src/report/view/build-run-view.ts'
import { makeSyntheticRun, type SyntheticRun } from '../synthetic-run.ts'
import { launchChromium } from './launch-chromium.ts'

const HOSTILE = `<img src=x onerror="document.title='owned'"></script><script>document.title='owned'</script>`

let browser: Browser
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'metron-report-'))
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Visit {
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
  readonly javaScriptEnabled?: boolean
}

/** Opens a report from disk with the network cut, and collects whatever the browser complains of. */
async function open(run: SyntheticRun, visit: Visit): Promise<{ page: Page; complaints: string[] }> {
  const file = join(folder, `report-${run.requests}.html`)
  writeFileSync(file, renderReport(buildRunView(makeSyntheticRun(run))))
  const { width, colorScheme, javaScriptEnabled = true } = visit
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    javaScriptEnabled,
    offline: true,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href && !request.url().startsWith('data:'))
      complaints.push(request.url())
  })
  await page.goto(pathToFileURL(file).href)
  return { page, complaints }
}

const RUNS: readonly [string, SyntheticRun][] = [
  ['an ordinary run', { requests: 300, failFraction: 0.02 }],
  ['a run without requests', { requests: 0 }],
  ['a run of one request', { requests: 1 }],
  ['a run with hostile text everywhere', { requests: 60, failFraction: 0.2, text: HOSTILE }],
]

for (const [what, run] of RUNS) {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [375, 1280]) {
      test(`${what} opens offline without complaint and fits ${width} px, ${colorScheme}`, async () => {
        const { page, complaints } = await open(run, { width, colorScheme })
        const overflow = await page.evaluate(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect(overflow).toBe(0)
        expect(complaints).toEqual([])
        expect(
          await page
            .locator('h1, h2, h3')
            .first()
            .evaluate((heading) => heading.tagName),
        ).toBe('H1')
        await page.context().close()
      })
    }
  }
}

test('hostile text is shown and runs nothing', async () => {
  const { page, complaints } = await open(
    { requests: 60, failFraction: 0.2, text: HOSTILE },
    { width: 1280, colorScheme: 'light' },
  )
  expect(await page.title()).toContain('<img src=x onerror=')
  expect(await page.locator('img, script').count()).toBe(0)
  expect(await page.locator('h1').textContent()).toBe(HOSTILE)
  expect(await page.locator('#failures .server').first().textContent()).toBe(HOSTILE)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('light and dark differ, and text has a contrast of at least 4.5 in both', async () => {
  const grounds = new Set<string>()
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await open({ requests: 60 }, { width: 1280, colorScheme })
    const colours = (await page.evaluate(`(() => {
      const style = getComputedStyle(document.documentElement)
      return ['--card', '--ink', '--muted', '--warn', '--bad', '--good'].map((name) => style.getPropertyValue(name).trim())
    })()`)) as string[]
    const [ground, ...inks] = colours
    grounds.add(ground!)
    for (const ink of inks) expect(contrast(ground!, ink)).toBeGreaterThanOrEqual(4.5)
    await page.context().close()
  }
  expect(grounds.size).toBe(2)
})

test('without scripts everything is there, definitions open by keyboard and anchors lead to their sections', async () => {
  const { page } = await open(
    { requests: 120 },
    { width: 1280, colorScheme: 'light', javaScriptEnabled: false },
  )
  expect(await page.locator('svg.plot').count()).toBeGreaterThanOrEqual(12)
  const summary = page.locator('#metrics summary')
  await summary.focus()
  await page.keyboard.press('Enter')
  expect(await page.locator('#def-ttft').isVisible()).toBe(true)
  await page.locator('.toc a', { hasText: 'Timelines' }).click()
  expect(page.url()).toMatch(/#timelines$/)
  await page.context().close()
})

/** Contrast ratio of two `#rrggbb` colours, as WCAG 2.2 defines it. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
  }
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}
