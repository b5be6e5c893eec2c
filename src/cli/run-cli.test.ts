import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'metron-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

const typo = join(folder, 'typo.yaml')
const broken = join(folder, 'broken.csv')
writeFileSync(typo, 'load:\n  rtae: 4/s\n')
writeFileSync(broken, 'num_prefill_tokens,num_decode_tokens\n12,x\n')

/** One command line, with everything it wrote. */
async function run(args: readonly string[], env: Record<string, string> = {}) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const code = await runCli(args, { stdout, stderr, env })
  return { code, output: `${stderr.read() ?? ''}${stdout.read() ?? ''}` }
}

test.each([
  { args: ['bench', '--rat', '4/s'], says: 'Did you mean --rate?' },
  { args: ['bench', '--duration', 'soon'], says: 'expected a duration with its unit' },
  { args: ['bench', '--slo', 'ttfx<=300ms@p90'], says: 'ttfx' },
  { args: ['bench', '--prompt-tokens', 'lognormal:medan=3,sigma=1'], says: 'Did you mean median?' },
  { args: ['bench', '--arrivals', 'gamma'], says: 'option cv is missing' },
  { args: ['bench', '--config', 'absent.yaml'], says: 'absent.yaml' },
  { args: ['bench', '--config', typo], says: 'typo.yaml:2:3: unknown option load.rtae' },
  { args: ['bench', '--trace', broken], says: 'broken.csv' },
  { args: ['benhc'], says: 'Did you mean bench?' },
  { args: ['bench', '--name', '../escape'], says: 'cannot be the name of a run' },
  { args: ['bench', '--tokenizer', 'absent.json'], says: 'absent.json' },
])('bad usage is exit code 2 and says what is wrong: $args', async ({ args, says }) => {
  const { code, output } = await run(args)
  expect(output).toContain(says)
  expect(code).toBe(2)
})

test.each([['--help'], ['bench', '--help'], ['--version'], ['explain', '--schema'], ['explain']])(
  'metron %s %s exits with 0 and says something',
  async (...args) => {
    const { code, output } = await run(args.filter((arg) => arg !== undefined))
    expect(code).toBe(0)
    expect(output.length).toBeGreaterThan(4)
  },
)

test('without a command it shows the help and exits as bad usage', async () => {
  const { code, output } = await run([])
  expect(code).toBe(2)
  expect(output).toContain('Usage: metron')
})

test('an environment variable that is no duration is named', async () => {
  const { code, output } = await run(['bench'], { METRON_LOAD_DRAIN: 'later' })
  expect(code).toBe(2)
  expect(output).toContain('METRON_LOAD_DRAIN')
})
