import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { launchChromium } from './launch-chromium.ts'
import { runMetron, startMetron, temporaryFolder } from './run-metron.ts'

test('a reduced run prints its numbers, writes the same as data, and a page that works offline on a phone', async () => {
  using folder = temporaryFolder()
  const args = ['reproduce', '--quick', '--out', 'paper']
  const { code, stdout, stderr } = await runMetron(args, { cwd: folder.path })
  expect(stderr.trim().split('\n')).toHaveLength(5)
  expect(code).toBe(0)
  const results = JSON.parse(readFileSync(join(folder.path, 'paper/results.json'), 'utf8'))
  expect(results.experiments.map(({ id }: { id: string }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'])
  for (const { comparisons } of results.experiments)
    for (const { name, here } of comparisons) {
      expect(stdout).toContain(name)
      expect(here).toBeGreaterThan(0)
    }
  expect(stdout).toMatch(/Report {2}paper.report\.html\n$/)

  const report = pathToFileURL(join(folder.path, 'paper/report.html')).href
  const browser = await launchChromium()
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        viewport: { width: 375, height: 800 },
        colorScheme,
        offline: true,
      })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      await page.goto(report)
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBe(0)
      expect(await page.locator('svg.plot').count()).toBe(8)
      for (const anchor of await page.locator('.toc a').all())
        expect(await page.locator((await anchor.getAttribute('href'))!).count()).toBe(1)
      expect(complaints).toEqual([])
      await context.close()
    }
  } finally {
    await browser.close()
  }
})

test('Ctrl-C ends it after the claim under way and writes what is done', async () => {
  using folder = temporaryFolder()
  const metron = startMetron(['reproduce', '--json', '--out', 'paper'], { cwd: folder.path })
  await metron.seen(/Claim b/)
  metron.child.kill('SIGINT')
  const { code, stdout } = await metron.ended
  expect(code).toBe(130)
  const { experiments, left } = JSON.parse(stdout)
  expect(experiments.length).toBeGreaterThanOrEqual(2)
  expect(left).toContain('e')
  expect(JSON.parse(readFileSync(join(folder.path, 'paper/results.json'), 'utf8'))).toEqual({
    ...JSON.parse(stdout),
  })
})

test.each([
  [['--only', 'f'], 'there is no claim "f"'],
  [['--seed', 'x'], '--seed: expected a whole number'],
])('%j is bad usage', async (flags, says) => {
  const { code, stderr } = await runMetron(['reproduce', ...flags])
  expect(stderr).toContain(says)
  expect(code).toBe(2)
})

test('the README tells as many agreements as the guide shows', () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const guide = read('docs/guide/reproduce.md')
  const count = (pattern: RegExp) => guide.match(pattern)?.length ?? 0
  const words = ['None', 'One', 'Two', 'Three', 'Four', 'Five']
  const agreed = words[count(/^ {4}✔ agrees$/gm)]!
  const partly = words[count(/^ {4}! agrees in part$/gm)]!.toLowerCase()
  expect(count(/^ {4}✘ disagrees$/gm)).toBe(0)
  expect(read('README.md')).toContain(`${agreed} agree, and ${partly} agrees in part.`)
})
