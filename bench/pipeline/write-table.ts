/** Makes the run that the other stages read: `write-table.ts <path> <requests> <chunks>`. */
import type { RequestRecord } from '../../src/records/request-record.ts'
import { writeRequestsParquet } from '../../src/storage/requests-parquet.ts'
import { makeRecord } from './make-record.ts'
import { StageClock } from './stage-clock.ts'

const [path, requests, chunks] = process.argv.slice(2) as [string, string, string]
const clock = new StageClock()
let tokens = 0

function* records(): Generator<RequestRecord> {
  for (let id = 0; id < Number(requests); id++) {
    const record = makeRecord(id, Number(chunks))
    tokens += record.output.wantedTokens
    yield record
  }
}

await writeRequestsParquet(path, records())
clock.end('make and write')
clock.print(tokens)
