/**
 * How long keeping and reading a run takes: journal and Parquet table, each stage in a process of its own so that
 * its peak memory is its own. `node bench/storage.ts [requests] [chunks]`; the targets are, for 20,000 requests of
 * 500 chunks: table to records in less than a second and 1 GB on one core, written in less than 6 s.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RequestRecord } from '../src/records/request-record.ts'
import { readJournal } from '../src/storage/journal-reader.ts'
import { openJournal } from '../src/storage/journal-writer.ts'
import { readRequestsParquet, writeRequestsParquet } from '../src/storage/requests-parquet.ts'
import { makeRecord } from './pipeline/make-record.ts'

const ROUNDS = 3
const [stage, folder] = process.argv.slice(4)
const requests = Number(process.argv[2] ?? 20_000)
const chunks = Number(process.argv[3] ?? 500)

const stages: Record<string, (folder: string) => Promise<Measured>> = {
  'journal append': async (folder) => {
    const path = join(folder, 'journal.jsonl')
    const records = Array.from({ length: requests }, (_, id) => makeRecord(id, chunks))
    return best(path, async () => {
      rmSync(path, { force: true })
      const journal = openJournal(path)
      for (const record of records) journal.append([record])
      journal.close()
    })
  },
  'journal read': async (folder) => {
    const path = join(folder, 'journal.jsonl')
    return best(path, () => readJournal(path))
  },
  'table write': async (folder) => {
    const path = join(folder, 'requests.parquet')
    const records = Array.from({ length: requests }, (_, id) => makeRecord(id, chunks))
    return best(path, () => writeRequestsParquet(path, records))
  },
  'table write, streamed': async (folder) => {
    const path = join(folder, 'streamed.parquet')
    return best(path, () => writeRequestsParquet(path, generate()))
  },
  'table read': async (folder) => {
    const path = join(folder, 'requests.parquet')
    return best(path, () => readRequestsParquet(path))
  },
}

interface Measured {
  readonly wallMs: number
  readonly cpuMs: number
  readonly megabytes: number
  readonly peakMib: number
}

if (stage === undefined) runAll()
else console.log(JSON.stringify(await stages[stage]!(folder!)))

function runAll(): void {
  const place = mkdtempSync(join(tmpdir(), 'metron-bench-'))
  console.log(`${requests} requests of ${chunks} chunks, best of ${ROUNDS} rounds`)
  console.log('stage                   wall ms   CPU ms     MB   MB/s  requests/s  M chunks/s  peak MiB')
  for (const name of Object.keys(stages)) {
    const script = fileURLToPath(import.meta.url)
    const child = spawnSync(process.execPath, [script, String(requests), String(chunks), name, place], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const { wallMs, cpuMs, megabytes, peakMib } = JSON.parse(child.stdout) as Measured
    const seconds = wallMs / 1e3
    const cells = [
      wallMs.toFixed(0).padStart(7),
      cpuMs.toFixed(0).padStart(8),
      megabytes.toFixed(0).padStart(6),
      (megabytes / seconds).toFixed(0).padStart(6),
      (requests / seconds).toFixed(0).padStart(11),
      ((requests * chunks) / seconds / 1e6).toFixed(1).padStart(11),
      peakMib.toFixed(0).padStart(9),
    ]
    console.log(`${name.padEnd(24)}${cells.join(' ')}`)
  }
  rmSync(place, { recursive: true })
}

async function best(path: string, work: () => Promise<unknown>): Promise<Measured> {
  let wallMs = Number.POSITIVE_INFINITY
  let cpuMs = Number.POSITIVE_INFINITY
  let peakMib = 0
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    const cpuBefore = process.cpuUsage()
    await work()
    wallMs = Math.min(wallMs, performance.now() - started)
    const { user, system } = process.cpuUsage(cpuBefore)
    cpuMs = Math.min(cpuMs, (user + system) / 1e3)
    // Later rounds hold garbage of the earlier ones, so the first tells what the work needs.
    if (round === 0) peakMib = process.resourceUsage().maxRSS / 1024
  }
  return { wallMs, cpuMs, peakMib, megabytes: statSync(path).size / 1e6 }
}

function* generate(): Generator<RequestRecord> {
  for (let id = 0; id < requests; id++) yield makeRecord(id, chunks)
}
