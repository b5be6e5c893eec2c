import { preflight } from '../clients/openai/preflight.ts'
import type { Config } from '../config/config-schema.ts'
import { type EmbeddedEngine, startEmbeddedEngine } from './embedded-engine.ts'
import { EXTENSIONS, extensionOf } from './extensions.ts'
import { serverInput } from './simulator-input.ts'
import { type ReadyTarget, targetHeaders, transportOptions } from './target.ts'

/** A target that answers, and how to let go of it. */
export interface ReachedTarget extends ReadyTarget {
  close(): Promise<void>
}

/**
 * Finds the server under test, or starts the embedded engine when no URL is given, and checks within 5 s that it
 * streams.
 *
 * @throws MetronError `preflight-failed` with the reason
 */
export async function reachTarget(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
  seed = 0,
): Promise<ReachedTarget> {
  const { target } = config
  if (target.url !== null)
    return { ...(await reach(target, target.url, targetHeaders(target, env))), close: async () => {} }
  const engine: EmbeddedEngine = await startEmbeddedEngine({ ...serverInput(config), seed })
  try {
    return { ...(await reach(target, engine.url, {})), shownUrl: null, close: () => engine.close() }
  } catch (error) {
    await engine.close()
    throw error
  }
}

async function reach(
  target: Config['target'],
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<ReadyTarget> {
  // The origin is only known after pre-flight has parsed the URL; trust does not depend on it.
  const { tls } = await transportOptions(target, '')
  const found = await preflight({
    url,
    protocol: extensionOf(EXTENSIONS.protocols, target.protocol),
    headers,
    extraBody: target.extraBody,
    ...(target.model === null ? {} : { model: target.model }),
    ...(tls === undefined ? {} : { tls }),
  })
  return {
    protocol: target.protocol,
    wire: found.target,
    transport: await transportOptions(target, found.origin),
    shownUrl: found.displayUrl,
  }
}
