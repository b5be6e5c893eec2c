/** Raised whenever the shape of `manifest.json` changes. */
export const MANIFEST_SCHEMA_VERSION = 1

/** What the instrument says of itself, measured during the run. All times in ns. */
export interface InstrumentHealth {
  readonly verdict: 'valid' | 'degraded' | 'invalid'
  /** Why the verdict is not `valid`, and what to change; empty when valid. One sentence each. */
  readonly reasons: readonly string[]
  /** `dispatched - due` over all requests; `null` when nothing was dispatched. */
  readonly lag: { readonly p50Ns: number; readonly p99Ns: number; readonly maxNs: number } | null
  readonly workers: readonly {
    readonly worker: number
    readonly loopDelayP99Ns: number
    readonly loopDelayMaxNs: number
    /** Share of time the event loop was busy, 0..1. */
    readonly loopUtilizationFraction: number
    /** Garbage collections of the thread: how often, how long in all, the longest. */
    readonly gcCount: number
    readonly gcTotalNs: number
    readonly gcMaxNs: number
  }[]
  /** Share of CPU time that the hypervisor gave to others, 0..1; `null` where the system does not tell. */
  readonly cpuStealFraction: number | null
  /**
   * Whether requests really left as the arrival process says; `null` for processes without a distribution and with
   * fewer than 10 requests.
   */
  readonly arrivals: ArrivalFit | null
  /** How the load of this run compares with what this machine was measured to manage; `null`: never calibrated. */
  readonly calibration: CalibrationCheck | null
  /** Requests per second over the open-loop schedule; `null` for a closed loop and for a burst, which takes no time. */
  readonly offeredPerSec: number | null
  /** Requests sent per second: over the time it took to send them or, without a schedule, over the whole run. */
  readonly achievedPerSec: number | null
  readonly connectionsOpened: number
  readonly connectionsReused: number
  /** Silent resends after a kept-alive connection turned out to be closed. */
  readonly resends: number
  /**
   * The longest time between the end of a request and the moment when the main thread, which parses, got to it. Delays
   * no stamp. `null` when no request ended.
   */
  readonly backlogMaxNs: number | null
}

/** Goodness of fit of the gaps between dispatches to the gaps that the arrival process should have. */
export interface ArrivalFit {
  readonly test: 'kolmogorov-smirnov'
  /** The distribution tested against: `exponential`, `gamma`. */
  readonly distribution: string
  /** Largest distance between the empirical and the wanted distribution function, 0..1. */
  readonly statistic: number
  /** Chance of a distance at least as large from the right process; small means that arrivals were wrong. */
  readonly pValue: number
  /** Gaps tested. */
  readonly count: number
}

/** This run's load beside the last calibration of this machine. */
export interface CalibrationCheck {
  /** When the calibration was made, ISO 8601 UTC. */
  readonly measuredAt: string
  /** Highest chunk rate of the machine at which p99 stamp error stayed under 1 ms; `null`: none did. */
  readonly limitChunksPerSec: number | null
  /** Highest chunk rate over one second of this run. */
  readonly peakChunksPerSec: number
  readonly inside: boolean
}

/** Where a run comes from that another tool measured, and what its file cannot support. */
export interface ImportNote {
  /** Kind of the importer: `vllm`, `aiperf`, ... */
  readonly format: string
  /** Name of the file, without its folder. */
  readonly file: string
  /** Whether requests have a due moment of their own; otherwise latency can only count from the sending. */
  readonly hasDueTimes: boolean
  /** What the file cannot support, one sentence each. */
  readonly limits: readonly string[]
}

/** `manifest.json`: everything about a run that is not a request. Never holds a key, token or header value. */
export interface Manifest {
  readonly schemaVersion: typeof MANIFEST_SCHEMA_VERSION
  readonly recordSchemaVersion: number
  readonly name: string
  /** `running` until the run has been written completely. */
  readonly status: 'running' | 'complete' | 'interrupted' | 'failed'
  /** Wall clock, ISO 8601 UTC. */
  readonly startedAt: string
  readonly endedAt: string | null
  /** The run's zero on the machine's monotonic clock (`process.hrtime`), in ns, as a decimal string. */
  readonly clockZeroNs: string
  readonly seed: number
  /** SHA-256 over due times, lengths and prompt salts: equal for equal config and seed. */
  readonly planDigest: string
  readonly plannedRequests: number | null
  /** Users of a closed loop; `null` for an open loop. */
  readonly users: number | null
  /** Requests with a smaller id are warm-up; 0 when the warm-up is a stretch of time. */
  readonly warmupRequests: number
  /** Requests due before this moment are warm-up. */
  readonly measureFromNs: number
  readonly versions: { readonly metron: string; readonly node: string }
  readonly machine: {
    readonly os: string
    readonly cpu: string
    readonly cores: number
    readonly memoryBytes: number
  }
  readonly target: {
    /** Without user info, query or fragment; `null` for the embedded engine. */
    readonly url: string | null
    readonly protocol: string
    readonly model: string
    /** Optional request fields that the server accepted at pre-flight, such as `ignore_eos`. */
    readonly accepts: readonly string[]
  }
  readonly tokenizer: string
  /** The resolved config with secrets left out; plain JSON. */
  readonly config: Readonly<Record<string, unknown>>
  /** The command line that repeats the run, without secrets. */
  readonly command: string
  readonly health: InstrumentHealth | null
  /** Only of a run that another tool measured; what the tool does not tell is `unknown`, empty or 0 then. */
  readonly imported?: ImportNote | undefined
}
