/** What every scenario is told. */
export interface ScenarioOptions {
  readonly streams: number
  readonly perSec: number
  /** Length of the measured window. */
  readonly seconds: number
  readonly repeats: number
  /** Streams of the scenario that holds many open. */
  readonly open: number
  readonly hasPeers: boolean
  readonly port: number
}

/** One table of the benchmark. */
export interface Scenario {
  readonly kind: string
  readonly title: string
  run(options: ScenarioOptions): Promise<void>
}
