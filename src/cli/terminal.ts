import pc from 'picocolors'

/** Where a command reads and writes; the process's own streams, or others in tests. */
export interface Terminal {
  /** Results. */
  readonly stdout: NodeJS.WriteStream | NodeJS.WritableStream
  /** Progress and messages. */
  readonly stderr: NodeJS.WriteStream | NodeJS.WritableStream
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Colours only on a terminal, and never with NO_COLOR. */
export function colorOf(terminal: Terminal, stream: 'stdout' | 'stderr'): boolean {
  return isTerminal(terminal[stream]) && pc.isColorSupported && !terminal.env.NO_COLOR
}

export function isTerminal(stream: Terminal['stdout']): stream is NodeJS.WriteStream {
  return 'isTTY' in stream && stream.isTTY === true
}

/** Columns to write in, 80 when it is not a terminal. */
export function widthOf(stream: Terminal['stdout']): number {
  return isTerminal(stream) ? Math.max(40, stream.columns) : 80
}
