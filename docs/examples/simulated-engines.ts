// What engines of the simulator hold and how fast they are. Prints a table of docs/explain/simulator.md.
// Run it with: node docs/examples/simulated-engines.ts
import { parseRooflinePreset } from '../../src/simulator/roofline-preset.ts'
import { rooflineStepModel } from '../../src/simulator/roofline-step-model.ts'
import { NO_WORK } from '../../src/simulator/step-model.ts'

const NAMES = [
  'sim:qwen2.5-7b@h100',
  'sim:llama3-8b@a100',
  'sim:llama3-8b@h100',
  'sim:llama3-8b@h200',
  'sim:llama3-8b@mi300x',
  'sim:yi-34b@h100x2',
  'sim:mixtral-8x7b@h100x2',
  'sim:llama3-70b@h100x4',
  'sim:llama3-70b@mi300x',
]

console.log('| Engine | KV cache, tokens | decode 1, ms | 32, ms | 128, ms | prefill 1K, ms | 8K, ms |')
console.log('|---|---|---|---|---|---|---|')
for (const name of NAMES) {
  const { step, limits } = parseRooflinePreset(name)
  const model = rooflineStepModel.create(step)
  const decodeMs = [1, 32, 128].map((batch) => {
    const contextTokens = batch * 1000
    const work = { decodeSequences: batch, decodeTokens: batch, decodePairs: contextTokens, contextTokens }
    return (model.durationNs({ ...NO_WORK, ...work }) / 1e6).toFixed(1)
  })
  const prefillMs = [1024, 8192].map((tokens) => {
    const work = { prefillTokens: tokens, prefillPairs: (tokens * (tokens + 1)) / 2, prefillSequences: 1 }
    return (model.durationNs({ ...NO_WORK, ...work }) / 1e6).toFixed(0)
  })
  console.log(
    `| \`${name}\` | ${[limits.kvTokens.toLocaleString('en'), ...decodeMs, ...prefillMs].join(' | ')} |`,
  )
}
