import { expect, test } from 'vitest'
import { makeSyntheticRun } from '../../../test/synthetic-run.ts'
import { REQUEST_METRICS } from '../../metrics/catalog.ts'
import { measureRequests } from '../../metrics/measure-requests.ts'
import { buildRunView } from '../view/build-run-view.ts'
import { csvExporter } from './csv-exporter.ts'
import type { ExportedRun } from './exporter.ts'
import { jsonExporter } from './json-exporter.ts'
import { createLanes } from './lanes.ts'
import { prometheusExporter } from './prometheus-exporter.ts'
import { traceExporter } from './trace-exporter.ts'

const HOSTILE = 'a"b\\c\nd'

function runOf(): ExportedRun {
  const input = makeSyntheticRun({ requests: 120, failFraction: 0.1 })
  const { requests } = measureRequests(input.records, input.options)
  return { view: buildRunView(input), requests, records: input.records }
}

test('the table has a row for each measured request, failed ones too, and a column for each metric', () => {
  const run = runOf()
  const lines = csvExporter.render(run).trimEnd().split('\n')
  const header = lines[0]!.split(',')
  expect(header).toContain('ttft_ns')
  expect(header).toHaveLength(5 + REQUEST_METRICS.length)
  expect(lines).toHaveLength(1 + run.requests.length)
  for (const [index, line] of lines.slice(1).entries()) {
    const cells = line.split(',')
    expect(cells).toHaveLength(header.length)
    const request = run.requests[index]!
    expect(cells[header.indexOf('ttft_ns')]).toBe(request.ttftNs === null ? '' : String(request.ttftNs))
    expect(cells[header.indexOf('failure')]).toBe(request.failure ?? '')
  }
})

test('the JSON document is the view itself', () => {
  const run = runOf()
  expect(JSON.parse(jsonExporter.render(run))).toEqual(JSON.parse(JSON.stringify(run.view)))
})

test('a trace holds every request with its phases in microseconds, and no two on a lane overlap', () => {
  const run = runOf()
  const { traceEvents } = JSON.parse(traceExporter.render(run)) as {
    traceEvents: { name: string; tid: number; ts: number; dur: number }[]
  }
  const whole = traceEvents.filter(({ name }) => name.startsWith('request '))
  expect(whole).toHaveLength(run.records.length)
  const record = run.records[5]!
  const found = whole.find(({ name }) => name === `request ${record.id}`)!
  expect(found.ts).toBe(record.moments.dueNs / 1000)
  expect(found.dur).toBe((record.moments.endNs - record.moments.dueNs) / 1000)
  const lanes = Map.groupBy(whole, ({ tid }) => tid)
  for (const lane of lanes.values())
    for (let i = 1; i < lane.length; i++)
      expect(lane[i]!.ts).toBeGreaterThanOrEqual(lane[i - 1]!.ts + lane[i - 1]!.dur - 1e-6)
})

test('Prometheus text is in base units, and hostile names stay inside their quotes', () => {
  const run = runOf()
  const view = { ...run.view, title: { ...run.view.title, model: HOSTILE } }
  const lines = prometheusExporter
    .render({ ...run, view })
    .trimEnd()
    .split('\n')
  const ttft = run.view.metrics.find(({ id }) => id === 'ttft')!
  const p99 = lines.find(
    (line) => line.startsWith('metron_ttft_seconds{') && line.includes('quantile="0.99"'),
  )!
  expect(Number(p99.split(' ').at(-1))).toBeCloseTo(ttft.p99! / 1e9, 12)
  expect(p99).toContain('model="a\\"b\\\\c\\nd"')
  for (const line of lines) expect(line).toMatch(/^(# (HELP|TYPE) |metron_\w+\{.*\} -?[\d.e+-]+$)/)
})

test('lanes are reused as soon as they are free', () => {
  const laneOf = createLanes()
  expect([laneOf(0, 10), laneOf(5, 20), laneOf(10, 15), laneOf(12, 13)]).toEqual([1, 2, 1, 3])
})
