import type { ConfigInput } from '../config/config-schema.ts'
import type { BenchHooks } from './bench-hooks.ts'
import type { FinishedRun } from './finish-run.ts'
import { resolveLayers } from './read-config.ts'
import { runBench } from './run-bench.ts'

/**
 * Measures a streaming server (or, without `target.url`, the embedded engine) and writes a run folder, as
 * `metron bench` does.
 *
 * @param input the options of a config file: `{ target: { url: 'http://localhost:8000/v1' }, load: { rate: '4/s' } }`
 * @param hooks progress, and signals that stop the run early; the run is written in any case
 * @throws MetronError `bad-config` for wrong options, `preflight-failed` when the target does not answer,
 * `cannot-write`, `run-failed`
 */
export function bench(input: ConfigInput = {}, hooks: BenchHooks = {}): Promise<FinishedRun> {
  return runBench(resolveLayers([{ values: input, origin: (path) => path.join('.') }]), hooks)
}
