/** What happens between the last answer and the end of `metron bench`, in its steps: `finish.ts <folder> <requests> <chunks>`. */
import { join } from 'node:path'
import { judgeRun } from '../../src/app/judge-run.ts'
import { resolveLayers } from '../../src/app/read-config.ts'
import { renderReport } from '../../src/report/html/render-report.ts'
import { parseObjective } from '../../src/slo/parse-objective.ts'
import { writeRequestsParquet } from '../../src/storage/requests-parquet.ts'
import { writeFileAtomically } from '../../src/storage/write-file-atomically.ts'
import { attributeTokens } from '../../src/tokens/attribute-tokens.ts'
import { makeSyntheticRun } from '../../test/synthetic-run.ts'
import { makeRecord } from './make-record.ts'
import { StageClock } from './stage-clock.ts'

const [folder, requests, chunks] = process.argv.slice(2) as [string, string, string]
const { config } = resolveLayers([])
const { manifest } = makeSyntheticRun({ requests: 1 })
const objectives = ['ttft<=600ms@p90', 'fluidity>=0.9@99%', 'errors<=1%'].map(parseObjective)
const recorded = Array.from({ length: Number(requests) }, (_, id) => {
  const record = makeRecord(id, Number(chunks))
  return { ...record, chunks: { ...record.chunks, tokens: null }, tokenSource: null }
})

const clock = new StageClock()
const records = recorded.map((record) => attributeTokens(record, null))
clock.end('attribute tokens')
await writeRequestsParquet(join(folder, 'finished.parquet'), records)
clock.end('write requests.parquet')
const judged = judgeRun({ ...manifest, measureFromNs: 0 }, records, config.score, objectives)
clock.end('measure, judge, build view')
const report = renderReport(judged.view)
clock.end('render report')
writeFileAtomically(join(folder, 'report.html'), report)
clock.end('write report.html')
clock.print(judged.summary.counts.outputTokens)
