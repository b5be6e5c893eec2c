import { Writable } from 'node:stream'
import { COMMANDS, runCli } from '../../src/cli/run-cli.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

/** `docs/reference/cli.md`: what each command says with `--help`. */
export async function cliPage(): Promise<string> {
  const intro = `# Command line

What \`metron --help\` and \`metron <command> --help\` print. This page is made from the code (\`npm run reference\`).
See also [configuration](config.md) for every option in a table and [exit codes](exit-codes.md).
`
  const sections = [`${fenced(await helpOf([]))}`]
  const names = COMMANDS.map((make) =>
    make(
      terminalInto(() => {}),
      () => {},
    ).name(),
  )
  for (const command of names) sections.push(`## metron ${command}\n\n${fenced(await helpOf([command]))}`)
  return [intro, ...sections].join('\n')
}

async function helpOf(command: readonly string[]): Promise<string> {
  let text = ''
  await runCli(
    [...command, '--help'],
    terminalInto((chunk) => (text += chunk)),
  )
  return text
}

function terminalInto(take: (text: string) => void): Terminal {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      take(String(chunk))
      done()
    },
  })
  return { stdout: stream, stderr: stream, env: {} }
}

function fenced(text: string): string {
  return `\`\`\`\n${text.trimEnd()}\n\`\`\`\n`
}
