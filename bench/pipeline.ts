/**
 * From a finished run to what is shown of it: 20,000 requests of 500 tokens and more (10 million in all). Each stage runs
 * in a process of its own, so that loading code and warming up count and peak memory is the stage's own.
 *
 * - `summary`: `requests.parquet` to `RunSummary`. Target: less than 2 s and 1.5 GB on two cores.
 * - `finish`: everything after the last answer, step by step: attribution, table, judgement, report.
 *
 * Run: `node bench/pipeline.ts [--requests 20000] [--tokens 500] [--repeats 5]`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { quantilesOf } from '../src/numerics/quantiles-of.ts'
import type { StageResult } from './pipeline/stage-clock.ts'

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    tokens: { type: 'string', default: '500' },
    repeats: { type: 'string', default: '5' },
  },
})
const repeats = Number(values.repeats)
const folder = mkdtempSync(join(tmpdir(), 'metron-bench-'))
const table = join(folder, 'requests.parquet')

console.log(`${values.requests} requests of ${values.tokens} chunks, node ${process.version}`)
runStage('write-table', table, values.requests, values.tokens)
console.log(`requests.parquet: ${megabytes(table)} MB`)
showStage(
  'summary',
  Array.from({ length: repeats }, () => runStage('summary', table)),
)
const finishes = Array.from({ length: Math.ceil(repeats / 2) }, () =>
  runStage('finish', folder, values.requests, values.tokens),
)
showStage('finish', finishes)
console.log(`report.html: ${megabytes(join(folder, 'report.html'))} MB`)
rmSync(folder, { recursive: true })

function runStage(stage: string, ...args: string[]): StageResult {
  const script = new URL(`pipeline/${stage}.ts`, import.meta.url).pathname
  const output = execFileSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return JSON.parse(output) as StageResult
}

function showStage(name: string, runs: readonly StageResult[]): void {
  console.log(`${name}, ${runs.length} times: median (range)`)
  for (const [step] of runs[0]!.steps.entries()) {
    const label = runs[0]!.steps[step]!.name
    const wall = spread(runs.map(({ steps }) => steps[step]!.seconds))
    const cpu = spread(runs.map(({ steps }) => steps[step]!.cpuSeconds))
    console.log(`  ${label.padEnd(28)} ${wall} s, CPU ${cpu} s`)
  }
  const tokens = runs[0]!.tokens
  const total = runs.map(({ steps }) => steps.reduce((sum, { seconds }) => sum + seconds, 0))
  const cpu = runs.map(({ steps }) => steps.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0))
  console.log(`  ${'total'.padEnd(28)} ${spread(total)} s, CPU ${spread(cpu)} s`)
  console.log(`  ${spread(total.map((seconds) => tokens / seconds / 1e6))} M tokens/s of ${tokens} tokens`)
  console.log(`  peak memory ${spread(runs.map(({ peakMib }) => peakMib))} MiB`)
}

function megabytes(path: string): string {
  return (statSync(path).size / 1e6).toFixed(1)
}

/** Median and range. */
function spread(samples: readonly number[]): string {
  const [low, median, high] = quantilesOf(Float64Array.from(samples), [0, 0.5, 1]).quantiles
  return `${median!.toFixed(2)} (${low!.toFixed(2)} to ${high!.toFixed(2)})`
}
