import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmbeddedEngine, startEmbeddedEngine } from '../../src/testing.ts'

/**
 * Fenced blocks of the README and the pages under docs/ are executed, by their info string:
 *
 * - `sh run`, `sh run exit=1`: a shell script in which `metron` (or `npx metron`) is this source tree and
 *   http://localhost:8000/v1 a simulator
 * - `sh check`: the same, but `metron bench` only resolves its config and sends nothing
 * - `ts run`: a program; `metron` and its subpaths are this source tree
 * - `text output`: what the block before it prints
 * - `yaml file=bench.yaml`: a file beside the scripts of the page
 *
 * The blocks of a page share one empty folder and run in order.
 */
interface Block {
  readonly kind: string
  readonly options: readonly string[]
  readonly text: string
  readonly line: number
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const SERVER = 'http://localhost:8000/v1'
const programs = join(ROOT, '.cache', 'docs-examples')
const folder = mkdtempSync(join(tmpdir(), 'metron-docs-'))
const bin = join(folder, 'bin')
const pages = ['README.md', ...markdownFiles('docs')]
let engine: EmbeddedEngine

beforeAll(async () => {
  rmSync(programs, { recursive: true, force: true })
  for (const each of [programs, bin]) mkdirSync(each, { recursive: true })
  const main = join(ROOT, 'src/cli/main.ts')
  writeShim(
    'metron',
    `[ "$1" = bench ] && [ -n "$CHECK_ONLY" ] && shift && set -- explain "$@"\nexec "${process.execPath}" "${main}" "$@"`,
  )
  writeShim('npx', 'exec "$@"')
  engine = await startEmbeddedEngine({ model: 'sim:fast' })
})
afterAll(() => engine.close())

for (const page of pages) {
  const blocks = blocksOf(page).filter(({ kind, options }) => isExecuted(kind, options))
  if (blocks.length === 0) continue
  test(`the examples of ${page} do what they show`, () => {
    const cwd = join(folder, page.replaceAll('/', '-'))
    mkdirSync(cwd)
    let printed = ''
    for (const block of blocks) {
      const place = `${page}:${block.line}`
      const file = optionOf(block, 'file')
      if (file !== undefined) writeFileSync(join(cwd, file), block.text.replaceAll(SERVER, engine.url))
      else if (block.kind === 'text') expect(printed.trimEnd(), place).toBe(block.text.trimEnd())
      else printed = execute(block, cwd, place)
    }
  })
}

test('the programs of the pages pass the compiler', () => {
  expect(readdirSync(programs).length).toBeGreaterThan(0)
  const config = {
    extends: '../../tsconfig.json',
    compilerOptions: { noUnusedLocals: false },
    include: ['*.ts'],
  }
  writeFileSync(join(programs, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', programs], { encoding: 'utf8' })
  expect(stdout).toBe('')
})

test.each([
  ['hidden-freeze.ts', 'README.md'],
  ['tokens-per-event.ts', 'README.md'],
  ['tokens-per-event.ts', 'docs/explain/how-it-measures.md'],
  ['tokens-per-event.ts', 'docs/explain/accuracy.md'],
  ['token-source-error.ts', 'docs/explain/accuracy.md'],
  ['simulated-engines.ts', 'docs/explain/simulator.md'],
  ['scheduling-policies.ts', 'docs/explain/simulator.md'],
  ['fleet.ts', 'docs/explain/simulator.md'],
  ['prefill-forest.ts', 'docs/guide/profile.md'],
])('what docs/examples/%s prints stands in %s', (program, page) => {
  const printed = execFileSync(process.execPath, [join(ROOT, 'docs/examples', program)], { encoding: 'utf8' })
  expect(readFileSync(join(ROOT, page), 'utf8')).toContain(printed)
})

test('links between pages lead somewhere', () => {
  const broken = pages.flatMap((page) =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g)]
      .map((match) => ({ page, target: join(dirname(page), match[1]!), anchor: match[2] }))
      .filter(({ target, anchor }) => !leadsSomewhere(target, anchor))
      .map(({ target, anchor }) => `${page} -> ${target}${anchor ?? ''}`),
  )
  expect(broken).toEqual([])
})

function execute(block: Block, cwd: string, place: string): string {
  const wanted = Number(optionOf(block, 'exit') ?? 0)
  const env = {
    ...process.env,
    PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
    NO_COLOR: '1',
    CHECK_ONLY: block.options.includes('check') ? '1' : '',
  }
  const text = block.text.replaceAll(SERVER, engine.url)
  const [command, args] =
    block.kind === 'ts' ? [process.execPath, [writeProgram(text, place)]] : ['sh', ['-euc', text]]
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' })
  expect(status, `${place}\n${stdout}\n${stderr}`).toBe(wanted)
  return stdout
}

/** Puts a program where its imports are found. */
function writeProgram(text: string, place: string): string {
  const path = join(programs, `${place.replaceAll(/\W+/g, '-')}.ts`)
  const modules: Readonly<Record<string, string>> = {
    metron: 'index',
    'metron/plugin': 'plugin',
    'metron/testing': 'testing',
  }
  writeFileSync(
    path,
    text.replaceAll(
      /from '(metron(?:\/\w+)?)'/g,
      (_, name: string) => `from '../../src/${modules[name]}.ts'`,
    ),
  )
  return path
}

function writeShim(name: string, script: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, name), 0o755)
}

function markdownFiles(under: string): string[] {
  return readdirSync(join(ROOT, under), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(under, file))
    .sort()
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(/^```(\w+) ([^\n]+)\n(.*?)^```$/gms)].map((match) => ({
    kind: match[1]!,
    options: match[2]!.split(' '),
    text: match[3]!,
    line: text.slice(0, match.index).split('\n').length,
  }))
}

function isExecuted(kind: string, options: readonly string[]): boolean {
  const [first = ''] = options
  if (first.startsWith('file=')) return true
  if (kind === 'text' && first === 'output') return true
  if ((kind === 'sh' || kind === 'ts') && first === 'run') return true
  if (kind === 'sh' && first === 'check') return true
  throw new Error(`unknown info string: ${kind} ${options.join(' ')}`)
}

function optionOf({ options }: Block, name: string): string | undefined {
  return options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1)
}

function leadsSomewhere(target: string, anchor: string | undefined): boolean {
  try {
    if (anchor === undefined || !target.endsWith('.md'))
      return readdirSync(join(ROOT, dirname(target))).includes(basename(target))
    const headings = [...readFileSync(join(ROOT, target), 'utf8').matchAll(/^#+ (.+)$/gm)].map((match) =>
      match[1]!
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    )
    return headings.includes(anchor.slice(1))
  } catch {
    return false
  }
}
