import { Writable } from 'node:stream'
import { runCli } from '../../src/cli/run-cli.ts'

const COMMANDS = [
  'bench',
  'profile',
  'calibrate',
  'sim',
  'report',
  'score',
  'compare',
  'import',
  'export',
  'reproduce',
  'list',
  'explain',
]

/** `docs/reference/cli.md`: what each command says with `--help`. */
export async function cliPage(): Promise<string> {
  const intro = `# Command line

What \`metron --help\` and \`metron <command> --help\` print. This page is made from the code (\`npm run reference\`).
See also [configuration](config.md) for every option in a table and [exit codes](exit-codes.md).
`
  const sections = [`${fenced(await helpOf([]))}`]
  for (const command of COMMANDS) sections.push(`## metron ${command}\n\n${fenced(await helpOf([command]))}`)
  return [intro, ...sections].join('\n')
}

async function helpOf(command: readonly string[]): Promise<string> {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  await runCli([...command, '--help'], { stdout: stream, stderr: stream, env: {} })
  return text
}

function fenced(text: string): string {
  return `\`\`\`\n${text.trimEnd()}\n\`\`\`\n`
}
