import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SRC = join(ROOT, 'src')

interface Room {
  readonly imports: readonly string[]
  readonly touches: readonly string[]
}

interface Import {
  readonly from: string
  readonly specifier: string
}

/** The room table as ARCHITECTURE.md states it. */
function readRoomTable(): Map<string, Room> {
  const page = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
  const rows = [...page.matchAll(/^\| (\w+) \| .+ \| (.+) \| (.+) \|$/gm)].filter((row) => row[1] !== 'room')
  const names = rows.map((row) => row[1]!)
  const list = (cell: string): string[] =>
    cell === '-'
      ? []
      : cell.startsWith('all but ')
        ? names.filter((name) => !cell.includes(name))
        : cell.split(', ')
  return new Map(rows.map((row) => [row[1]!, { imports: list(row[2]!), touches: list(row[3]!) }]))
}

function sourceFiles(folder = SRC): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join(folder, file))
}

/** Static imports and re-exports (`... from 'x'`, `import 'x'`) and dynamic imports of a literal. */
function importsOf(file: string): Import[] {
  const code = readFileSync(file, 'utf8')
  const statements = [...code.matchAll(/^(?:import|export)\b[^;'"`]*?\bfrom\s+'([^']+)'/gm)]
  const bare = [...code.matchAll(/^import\s+'([^']+)'/gm)]
  const dynamic = [...code.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)]
  return [...statements, ...bare, ...dynamic].map((match) => ({ from: file, specifier: match[1]! }))
}

const roomOf = (file: string): string => relative(SRC, file).split('/')[0]!
const rooms = readRoomTable()
const files = sourceFiles()

test('every room of the table exists and every folder of src is a room', () => {
  const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(folders.map((folder) => folder.name).sort()).toEqual([...rooms.keys()].sort())
})

test('rooms import only the rooms that the table allows', () => {
  const wrong = files
    .flatMap(importsOf)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ from, specifier }) => ({
      from,
      room: roomOf(from),
      target: roomOf(resolve(dirname(from), specifier)),
    }))
    .filter(
      ({ room, target }) => rooms.has(room) && room !== target && !rooms.get(room)!.imports.includes(target),
    )
    .map(({ from, target }) => `${relative(ROOT, from)} imports ${target}`)
  expect(wrong).toEqual([])
})

test('rooms touch only the packages and Node modules that the table allows', () => {
  const allowed = (room: Room, specifier: string): boolean =>
    room.touches.some(
      (touch) =>
        touch === '*' ||
        specifier === touch ||
        specifier.startsWith(`${touch}/`) ||
        (touch === 'node:*' && specifier.startsWith('node:')),
    )
  const wrong = files
    .flatMap(importsOf)
    .filter(({ specifier }) => !specifier.startsWith('.'))
    .filter(({ from, specifier }) => rooms.has(roomOf(from)) && !allowed(rooms.get(roomOf(from))!, specifier))
    .map(({ from, specifier }) => `${relative(ROOT, from)} touches ${specifier}`)
  expect(wrong).toEqual([])
})

test('no file imports itself over others, types included', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter(({ specifier }) => specifier.startsWith('.'))
        .map(({ specifier }) => resolve(dirname(file), specifier)),
    ]),
  )
  const finished = new Set<string>()
  const cycles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (finished.has(file)) return
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file].map((each) => relative(SRC, each)).join(' -> '))
      return
    }
    for (const next of graph.get(file) ?? []) visit(next, [...path, file])
    finished.add(file)
  }
  for (const file of files) visit(file, [])
  expect(cycles).toEqual([])
})

test('only the cli room prints or exits', () => {
  const wrong = files
    .filter(
      (file) => roomOf(file) !== 'cli' && /\b(console\.\w+|process\.exit)\(/.test(readFileSync(file, 'utf8')),
    )
    .map((file) => relative(ROOT, file))
  expect(wrong).toEqual([])
})

test('no file of src is a room of odds and ends', () => {
  const odd = files.filter((file) => /\b(utils?|common|helpers?|shared|misc)\b/.test(relative(SRC, file)))
  expect(odd).toEqual([])
})
