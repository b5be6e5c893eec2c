import { once } from 'node:events'
import { Command } from 'commander'
import { describeEngine } from '../app/describe-engine.ts'
import { serveSimulator } from '../app/serve-simulator.ts'
import { serverInput } from '../app/simulator-input.ts'
import { MetronError } from '../errors/metron-error.ts'
import { renderEngine } from '../report/terminal/render-engine.ts'
import type { CommandRunner } from './command-runner.ts'
import { addEngineOptions, resolveEngineCommand } from './config-options.ts'
import { catchSignal } from './interrupts.ts'

interface SimFlags {
  readonly host: string
  readonly port: number
  readonly seed: number
  readonly apiKeyEnv?: string
  readonly log?: string
}

/** `metron sim`: the embedded engine alone, as a server for any client. */
export const simCommand: CommandRunner = (terminal) =>
  addEngineOptions(new Command('sim'))
    .summary('serve the embedded engine alone')
    .description(
      'Serves the simulated engine over the OpenAI API: /v1/models, /v1/chat/completions, /v1/completions. Ctrl-C stops it.',
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port to listen on, 0 for a free one', wholeNumber('--port', 0, 65_535), 8000)
    .option('--seed <number>', 'seed of texts and lengths', wholeNumber('--seed'), 0)
    .option(
      '--api-key-env <name>',
      'environment variable with a key that clients must send; no key is asked when absent',
    )
    .option(
      '--log <file>',
      'append the ground truth of each request to this file as it ends, one JSON line each',
    )
    .action(async (flags: SimFlags, command: Command) => {
      const { config } = await resolveEngineCommand(command, terminal)
      const apiKey = flags.apiKeyEnv === undefined ? undefined : terminal.env[flags.apiKeyEnv]
      if (flags.apiKeyEnv !== undefined && !apiKey)
        throw new MetronError('bad-config', `--api-key-env: the variable ${flags.apiKeyEnv} is empty`)
      const engine = describeEngine(config)
      const server = await serveSimulator(
        {
          ...serverInput(config),
          host: flags.host,
          port: flags.port,
          seed: flags.seed,
          ...(apiKey === undefined ? {} : { apiKey }),
        },
        flags.log ?? null,
      )
      terminal.stdout.write(
        `Simulating ${config.engine} at ${server.url}\n\n${renderEngine(engine)}\n\nMeasure it: metron bench ${server.url}\nMetrics for Prometheus: ${server.url.replace(/\/v1$/, '/metrics')}\nCtrl-C stops it.\n`,
      )
      const stop = catchSignal()
      await once(stop, 'abort')
      await server.close()
      const { finished, cancelled, refused, tokens, lagNs } = server.stats()
      terminal.stderr.write(
        `Stopped: ${finished} requests finished, ${cancelled} cancelled, ${refused} refused; ${tokens} tokens; ` +
          `worst write lag ${(lagNs.worstNs / 1e6).toFixed(2)} ms.\n`,
      )
    })

function wholeNumber(flag: string, least = 0, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
    throw new MetronError(
      'bad-config',
      `${flag}: expected a whole number ${range}, not ${JSON.stringify(text)}`,
    )
  }
}
