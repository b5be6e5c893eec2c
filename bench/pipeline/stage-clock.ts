/** What one stage tells on standard output, as JSON. */
export interface StageResult {
  readonly steps: readonly { readonly name: string; readonly seconds: number; readonly cpuSeconds: number }[]
  readonly tokens: number
  readonly peakMib: number
}

/** Times the steps of a stage one after the other. */
export class StageClock {
  readonly #steps: { name: string; seconds: number; cpuSeconds: number }[] = []
  #startMs: number
  #cpu: NodeJS.CpuUsage

  /** @param since the first step starts with the process or now */
  constructor(since: 'process' | 'now' = 'now') {
    this.#startMs = since === 'process' ? 0 : performance.now()
    this.#cpu = since === 'process' ? { user: 0, system: 0 } : process.cpuUsage()
  }

  /** Ends the step that is going on. */
  end(name: string): void {
    const nowMs = performance.now()
    const { user, system } = process.cpuUsage(this.#cpu)
    this.#steps.push({ name, seconds: (nowMs - this.#startMs) / 1e3, cpuSeconds: (user + system) / 1e6 })
    this.#cpu = process.cpuUsage()
    this.#startMs = performance.now()
  }

  print(tokens: number): void {
    const peakMib = process.resourceUsage().maxRSS / 1024
    const result: StageResult = { steps: this.#steps, tokens, peakMib }
    console.log(JSON.stringify(result))
  }
}
