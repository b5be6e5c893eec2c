import { type RunProgress, renderProgress } from '../report/terminal/render-progress.ts'
import { colorOf, isTerminal, type Terminal, widthOf } from './terminal.ts'

const PLAIN_EVERY_NS = 5e9

/** Shows what a run is doing: steady lines that are redrawn on a terminal, a plain line now and then elsewhere. */
export interface ProgressDisplay {
  stage(text: string): void
  /** A line that stays. */
  note(text: string): void
  progress(progress: RunProgress): void
  /** Clears what is redrawn, so that results can follow. */
  finish(): void
}

export function createProgressDisplay(terminal: Terminal): ProgressDisplay {
  return isTerminal(terminal.stderr) ? redrawing(terminal) : plain(terminal)
}

function redrawing(terminal: Terminal): ProgressDisplay {
  const { stderr } = terminal
  let drawn = 0
  const draw = (lines: readonly string[]): void => {
    const up = drawn > 0 ? `\u001b[${drawn}A` : ''
    stderr.write(`${up}\r\u001b[0J${lines.map((line) => `${line}\n`).join('')}`)
    drawn = lines.length
  }
  return {
    stage: (text) => draw([`${text} ...`]),
    note(text) {
      draw([])
      stderr.write(`${text}\n`)
    },
    progress: (progress) =>
      draw(renderProgress(progress, { color: colorOf(terminal, 'stderr'), width: widthOf(stderr) })),
    finish: () => draw([]),
  }
}

function plain(terminal: Terminal): ProgressDisplay {
  let nextNs = 0
  return {
    stage: (text) => terminal.stderr.write(`${text} ...\n`),
    note: (text) => terminal.stderr.write(`${text}\n`),
    progress(progress) {
      if (progress.elapsedNs < nextNs) return
      nextNs = progress.elapsedNs + PLAIN_EVERY_NS
      const lines = renderProgress(progress, { color: false, width: 400 })
      terminal.stderr.write(`${lines.map((line) => line.trim()).join('  ')}\n`)
    },
    finish: () => {},
  }
}
