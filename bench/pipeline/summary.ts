/** `requests.parquet` to `RunSummary`: `summary.ts <path>`. */
import { summarize } from '../../src/metrics/summarize.ts'
import { readRequestsParquet } from '../../src/storage/requests-parquet.ts'
import { StageClock } from './stage-clock.ts'
import { SUMMARY_OPTIONS } from './summary-options.ts'

const [path] = process.argv.slice(2) as [string]
const clock = new StageClock('process')
clock.end('start Node and load code')
const records = await readRequestsParquet(path)
clock.end('read requests.parquet')
const summary = summarize(records, SUMMARY_OPTIONS)
clock.end('summarize')
clock.print(summary.counts.outputTokens)
