import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Sample files of other tools under `test/fixtures/imports`, by importer. */
export const IMPORT_SAMPLES: Readonly<Record<string, string>> = {
  vllm: 'vllm.json',
  sglang: 'sglang.jsonl',
  aiperf: 'aiperf.jsonl',
  etalon: 'etalon.json',
  veeksha: 'veeksha.jsonl',
}

export function readImportSample(kind: string): string {
  return readFileSync(
    fileURLToPath(new URL(`fixtures/imports/${IMPORT_SAMPLES[kind]}`, import.meta.url)),
    'utf8',
  )
}
