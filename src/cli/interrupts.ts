import type { Terminal } from './terminal.ts'

/** Ctrl-C once: send nothing more, let answers finish. Twice: end everything now. Both write the run. */
export interface Interrupts {
  readonly stop: AbortSignal
  readonly abort: AbortSignal
  /** Gives Ctrl-C back to whoever had it. */
  release(): void
}

export function catchInterrupts(terminal: Terminal): Interrupts {
  const stop = new AbortController()
  const abort = new AbortController()
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      terminal.stderr.write(
        '\nStopping: no more requests are sent; answers may finish. Ctrl-C again ends them now.\n',
      )
      stop.abort()
    } else {
      abort.abort()
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    stop: stop.signal,
    abort: abort.signal,
    release() {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}

/** A signal that is aborted by the first Ctrl-C or SIGTERM. */
export function catchSignal(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort())
  return controller.signal
}
