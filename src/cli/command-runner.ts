import type { Command } from 'commander'
import type { Terminal } from './terminal.ts'

/** Makes one subcommand; it tells its exit code through `exit`. */
export type CommandRunner = (terminal: Terminal, exit: (code: number) => void) => Command
