/** The reference server as a process of its own; `openPacingProcess` starts it. Ends with its parent. */
import { startPacingServer } from './start-pacing-server.ts'

// Ctrl-C goes to every process of a terminal; the parent decides when this one ends.
process.on('SIGINT', () => {})
const server = await startPacingServer()
process.once('disconnect', () => server.close())
process.send!(server.port)
