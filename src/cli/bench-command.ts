import { Command } from 'commander'
import { runBench } from '../app/run-bench.ts'
import type { CommandRunner } from './command-runner.ts'
import { addConfigOptions, resolveCommand } from './config-options.ts'
import { catchInterrupts } from './interrupts.ts'
import { printRun } from './print-run.ts'
import { createProgressDisplay } from './progress-display.ts'

const EXAMPLES = `
Examples:
  metron bench                                  measure the embedded engine
  metron bench http://localhost:8000/v1         measure a server, with modest defaults
  metron bench http://localhost:8000/v1 --rate 8/s --duration 2m --slo 'fluidity>=0.9@99%'
  metron bench http://localhost:8000/v1 --users 16 --requests 500 --output-tokens 256
  metron bench --config bench.yaml --rate 4/s   flags win over the file

Exit codes: 0 ok, 1 objective failed, 2 usage, 3 run failed, 4 too little data, 5 client-limited, 130 interrupted.`

/** `metron bench`: the main job. */
export const benchCommand: CommandRunner = (terminal, exit) =>
  addConfigOptions(new Command('bench'))
    .summary('measure a streaming LLM server and tell whether it felt smooth')
    .description(
      'Sends requests on schedule to an OpenAI-compatible server, stamps every chunk of the streamed answers, and tells whether they felt smooth.',
    )
    .option('--json', 'print the results as JSON on standard output')
    .addHelpText('after', EXAMPLES)
    .action(async (url: string | undefined, options: { json?: boolean }, command: Command) => {
      const resolved = await resolveCommand(command, url, terminal)
      const display = createProgressDisplay(terminal)
      const interrupts = catchInterrupts(terminal)
      try {
        const run = await runBench(resolved, {
          onStage: display.stage,
          onNote: display.note,
          onProgress: display.progress,
          stop: interrupts.stop,
          abort: interrupts.abort,
          env: terminal.env,
        })
        display.finish()
        exit(printRun(run, terminal, options.json === true))
      } finally {
        interrupts.release()
      }
    })
