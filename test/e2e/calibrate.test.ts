import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Calibration } from '../../src/records/calibration.ts'
import { runMetron, startMetron, temporaryFolder } from './run-metron.ts'

const folder = temporaryFolder()
const cwd = folder.path
afterAll(() => folder[Symbol.dispose]())

const file = join(cwd, 'cache', 'metron', 'calibration.json')
const SMALL = ['calibrate', '--streams', '5', '--rates', '50', '--duration', '400ms', '--workers', '2']
const PATTERNS = ['steady', 'in-step', 'bursty', 'tokens-per-event', 'events-per-packet', 'flat-out']
const bench = (name: string, env: Record<string, string> = {}) =>
  runMetron(
    [
      ...['bench', '--engine', 'sim:fast', '--requests', '40', '--rate', '100/s', '--warmup', '0'],
      ...['--output-tokens', '8', '--json', '--name', name],
    ],
    { cwd, env },
  )

test('every chunk of every pattern is stamped, none before it was written, and the result is kept', async () => {
  const { code, stdout, stderr } = await runMetron([...SMALL, '--pattern', PATTERNS.join(','), '--json'], {
    cwd,
    env: { XDG_CACHE_HOME: join(cwd, 'cache'), METRON_CALIBRATION_FILE: '' },
  })
  expect(code, stderr).toBe(0)
  const calibration = JSON.parse(stdout) as Calibration
  expect(calibration.points.map(({ pattern, streams }) => `${pattern} ${streams}`)).toEqual(
    PATTERNS.map((pattern) => `${pattern} 5`),
  )
  for (const point of calibration.points) {
    const { pattern, streams, stampError, dispatchError, serverLag } = point
    const shown = JSON.stringify(point)
    // 50/s for 0.4 s of ramp, 0.5 s of settling, the window and 0.1 s: 70 chunks, in packets of four 72.
    if (pattern !== 'flat-out')
      expect(point.expectedChunks, shown).toBe(streams * (pattern === 'events-per-packet' ? 72 : 70))
    expect(point.stampedChunks, shown).toBe(point.expectedChunks)
    expect(point.failedStreams, shown).toBe(0)
    // Two readings of one clock: a stamp may seem early by their rounding only.
    expect(stampError!.p50Ns, shown).toBeGreaterThan(0)
    for (const spread of [stampError, dispatchError, ...(pattern === 'flat-out' ? [] : [serverLag])]) {
      expect(spread!.p50Ns, shown).toBeGreaterThan(-1000)
      expect(spread!.p50Ns, shown).toBeLessThanOrEqual(spread!.p99Ns)
      expect(spread!.p99Ns, shown).toBeLessThanOrEqual(spread!.maxNs)
    }
    expect(point.processCpuPerChunkNs ?? 1, shown).toBeGreaterThan(0)
  }
  expect(calibration.limits.map(({ workers, withinNs }) => [workers, withinNs])).toEqual([
    [2, 1e6],
    [2, 5e6],
  ])
  expect(stderr).toContain('[6/6] flat-out')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(calibration)
})

test('bench shows its load beside the calibration, and a load beyond it is degraded', async () => {
  const saved = JSON.parse(readFileSync(file, 'utf8')) as Calibration
  const limited = join(cwd, 'limited.json')
  const limits = saved.limits.map((limit) => ({ ...limit, chunksPerSec: 1, isLowerBound: false }))
  writeFileSync(limited, JSON.stringify({ ...saved, limits }))
  const { stdout } = await bench('limited', { METRON_CALIBRATION_FILE: limited })
  const { health } = JSON.parse(stdout)
  expect(health.calibration).toMatchObject({
    measuredAt: saved.measuredAt,
    limitChunksPerSec: 1,
    inside: false,
  })
  expect(health.calibration.peakChunksPerSec).toBeGreaterThan(8)
  expect(health.verdict).not.toBe('valid')
  expect(health.reasons.at(-1)).toMatch(/above the 1 chunks\/s up to which this machine stamps within 1 ms/)

  const wide = saved.limits.map((limit) => ({ ...limit, chunksPerSec: 1e9 }))
  writeFileSync(limited, JSON.stringify({ ...saved, limits: wide }))
  const inside = JSON.parse((await bench('inside', { METRON_CALIBRATION_FILE: limited })).stdout)
  expect(inside.health.calibration).toMatchObject({ inside: true, limitChunksPerSec: 1e9 })
  const report = readFileSync(join(cwd, 'runs', 'inside', 'report.html'), 'utf8')
  expect(report).toContain('Peak chunk rate')
})

test('a calibration that cannot be read, or is of another machine, is ignored with a message', async () => {
  const saved = JSON.parse(readFileSync(file, 'utf8')) as Calibration
  const bad = join(cwd, 'bad.json')
  for (const [text, message] of [
    ['{"schemaVersion":1,', /calibration in .*bad\.json is ignored: it is not JSON/],
    [
      JSON.stringify({ ...saved, machine: { ...saved.machine, cores: 4096 } }),
      /is ignored, it is of another number of cores/,
    ],
  ] as const) {
    writeFileSync(bad, text)
    const { code, stdout, stderr } = await bench(`bad-${message.source.length}`, {
      METRON_CALIBRATION_FILE: bad,
    })
    expect(stderr).toMatch(message)
    expect(JSON.parse(stdout).health.calibration).toBeNull()
    expect(code).not.toBe(3)
  }
})

test('Ctrl-C shows what was measured, keeps the old result and leaves no server behind', async () => {
  const kept = join(cwd, 'kept.json')
  const run = startMetron([...SMALL, '--duration', '2s', '--file', kept], { cwd })
  await run.seen(/\[2\/6\]/)
  run.child.kill('SIGINT')
  const { code, stdout } = await run.ended
  expect(code).toBe(130)
  expect(stdout).toMatch(/steady +2 +5 +50/)
  expect(stdout).toContain('ended before all loads were measured')
  expect(existsSync(kept)).toBe(false)
})

test('a wrong flag is exit code 2 and names what would be right', async () => {
  const { code, stderr } = await runMetron(['calibrate', '--pattern', 'wavy'], { cwd })
  expect(code).toBe(2)
  expect(stderr).toContain('steady, in-step, bursty')
})
