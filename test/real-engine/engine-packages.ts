import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { EngineBinding } from './engine-binding.ts'

const ENTRY = new URL('./node_modules/node-llama-cpp/dist/index.js', import.meta.url)
const BINARIES = new URL('./node_modules/@node-llama-cpp/linux-x64/package.json', import.meta.url)

/** What stops the engine from running here, with the way out; `undefined` when it is installed. */
export function missingEngineHint(): string | undefined {
  if (existsSync(ENTRY) && existsSync(BINARIES)) return undefined
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `the real engine is pinned for linux-x64 only, this is ${process.platform}-${process.arch}`
  }
  return 'the real engine is not installed (85 MB): cd test/real-engine && npm ci --ignore-scripts --omit=optional'
}

/** Loads the engine's package. Throws with the hint of {@link missingEngineHint} where it is not installed. */
export async function loadEngineBinding(): Promise<EngineBinding> {
  const hint = missingEngineHint()
  if (hint !== undefined) throw new Error(hint)
  return (await import(fileURLToPath(ENTRY))) as EngineBinding
}
