import type { Manifest } from '../../src/records/manifest.ts'
import type { RequestRecord } from '../../src/records/request-record.ts'

/** A plain successful request of `size` chunks, 20 ms apart, one token each. */
export function sampleRecord(id: number, size = 3): RequestRecord {
  const dueNs = id * 1_000_000
  return {
    id,
    worker: 0,
    moments: {
      dueNs,
      dispatchedNs: dueNs + 10_000,
      sentNs: dueNs + 20_000,
      headersNs: dueNs + 90_000,
      endNs: dueNs + 100_000 + size * 20_000_000,
    },
    outcome: { kind: 'ok' },
    attempts: 1,
    connectNs: null,
    prompt: { wantedTokens: 100, serverTokens: 101, cachedTokens: null },
    output: { wantedTokens: size, serverTokens: size, finishReason: 'stop' },
    chunks: {
      ns: Float64Array.from({ length: size }, (_, index) => dueNs + 100_000 + index * 20_000_000),
      channels: 'a'.repeat(size),
      chars: new Int32Array(size).fill(4),
      tokens: new Int32Array(size).fill(1),
    },
    tokenSource: 'usage',
    text: ' and'.repeat(size),
  }
}

/** A manifest as it is while the run goes on. */
export function sampleManifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    schemaVersion: 1,
    recordSchemaVersion: 1,
    name: 'sample',
    status: 'running',
    startedAt: '2025-11-24T06:31:05.123Z',
    endedAt: null,
    clockZeroNs: '12345678901234567890',
    seed: 1,
    planDigest: 'ab'.repeat(32),
    plannedRequests: 10,
    users: null,
    warmupRequests: 0,
    measureFromNs: 0,
    versions: { metron: '0.1.0', node: 'v24.0.0' },
    machine: { os: 'linux', cpu: 'any', cores: 2, memoryBytes: 2 ** 34 },
    target: {
      url: 'http://127.0.0.1:8000/v1',
      protocol: 'openai-chat',
      model: 'tiny',
      accepts: ['ignore_eos'],
    },
    tokenizer: 'builtin',
    config: { rate: { perSec: 4 }, list: [1, 'two', null] },
    command: 'metron bench http://127.0.0.1:8000/v1',
    health: null,
    ...changes,
  }
}

/** A manifest as it is when the run is over. */
export function completeManifest(): Manifest {
  return sampleManifest({
    status: 'complete',
    endedAt: '2025-11-24T06:32:05.123Z',
    health: {
      verdict: 'degraded',
      reasons: ['The event loop was late.'],
      lag: { p50Ns: 1000.5, p99Ns: 2000, maxNs: 3000 },
      workers: [
        {
          worker: 0,
          loopDelayP99Ns: 1,
          loopDelayMaxNs: 2,
          loopUtilizationFraction: 0.5,
          gcCount: 1,
          gcTotalNs: 1,
          gcMaxNs: 1,
        },
      ],
      cpuStealFraction: null,
      arrivals: null,
      calibration: null,
      offeredPerSec: 4,
      achievedPerSec: 3.9,
      connectionsOpened: 2,
      connectionsReused: 8,
      resends: 0,
      backlogMaxNs: 3e6,
    },
  })
}
