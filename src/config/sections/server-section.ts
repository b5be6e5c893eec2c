import * as z from 'zod'
import { optional } from '../optional.ts'
import { durationNs } from '../units.ts'

/** A server that is started for the measurement and stopped after it. */
export const serverSection = () =>
  z.strictObject({
    command: optional(z.string().min(1)).meta({
      flag: 'server-command',
      placeholder: 'command',
      description:
        'Command that starts the server under test, run by the shell; it is stopped afterwards. The server is taken as running when absent',
    }),
    env: z.record(z.string(), z.string()).prefault({}).meta({
      description:
        'Environment variables of that command beside those of Metron; values are never written anywhere',
    }),
    readyUrl: optional(z.string().min(1)).meta({
      flag: 'server-ready-url',
      placeholder: 'url',
      description: 'URL that answers once the server is ready; /models of the target when absent',
    }),
    readyTimeout: durationNs().prefault('10m').meta({
      flag: 'server-ready-timeout',
      placeholder: 'duration',
      description: 'Longest wait for that',
    }),
    stopTimeout: durationNs().prefault('30s').meta({
      flag: 'server-stop-timeout',
      placeholder: 'duration',
      description: 'Time between asking the server to end (SIGTERM) and ending it (SIGKILL)',
    }),
  })
