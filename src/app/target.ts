import { readFile } from 'node:fs/promises'
import type { ProtocolTarget } from '../clients/protocol.ts'
import type { UndiciClientOptions } from '../clients/transport/undici-client.ts'
import type { Config } from '../config/config-schema.ts'
import { MetronError } from '../errors/metron-error.ts'

/** A server that answered pre-flight, with all that a stamping thread needs to send it requests. Holds secrets. */
export interface ReadyTarget {
  readonly protocol: string
  readonly wire: ProtocolTarget
  readonly transport: Omit<UndiciClientOptions, 'clock'>
  /** For people and the manifest, without user info; `null` for the embedded engine. */
  readonly shownUrl: string | null
}

/** Headers of every request: the user's, and the API key of the named environment variable unless they hold one. */
export function targetHeaders(
  target: Config['target'],
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const headers = Object.fromEntries(
    Object.entries(target.headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const key = env[target.apiKeyEnv]
  if (key !== undefined && key !== '' && headers.authorization === undefined)
    headers.authorization = `Bearer ${key}`
  return headers
}

/**
 * Timeouts and trust for the transport.
 *
 * @throws MetronError `bad-input-file` when the CA file cannot be read
 */
export async function transportOptions(
  target: Config['target'],
  origin: string,
): Promise<Omit<UndiciClientOptions, 'clock'>> {
  return {
    origin,
    connectTimeoutNs: target.connectTimeout,
    headersTimeoutNs: target.headersTimeout,
    streamTimeoutNs: target.streamTimeout,
    tls: {
      insecure: target.insecure,
      ...(target.ca === null ? {} : { ca: await readCa(target.ca) }),
    },
  }
}

async function readCa(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new MetronError('bad-input-file', `cannot read the CA file ${path}: ${(cause as Error).message}`, {
      hint: 'Give a PEM file with --ca.',
      cause,
    })
  }
}
