import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer'
import { RECORD_SCHEMA_VERSION, type RequestRecord } from '../../records/request-record.ts'
import { compressors } from './codecs.ts'
import { LIST_COLUMNS, requestsSchema, SCALAR_COLUMNS, type ScalarColumn } from './requests-columns.ts'
import { writeListColumn } from './write-list-column.ts'

/** Name of the entry of the file's metadata that holds the version of the record's shape. */
export const VERSION_KEY = 'metron.recordSchemaVersion'

/** Writes `requests.parquet` one row group at a time; the file appears under its name when it is whole. */
export class RowGroupWriter {
  readonly #path: string
  readonly #temporary: string
  readonly #file: number
  readonly #bytes = new ByteWriter()
  readonly #parquet: ParquetWriter

  /** @throws the system's errors */
  constructor(path: string) {
    this.#path = path
    this.#temporary = `${path}.${process.pid}.tmp`
    this.#file = openSync(this.#temporary, 'w')
    this.#parquet = new ParquetWriter({
      writer: this.#bytes,
      schema: requestsSchema(),
      codec: 'ZSTD',
      compressors,
      createdBy: 'metron',
      kvMetadata: [{ key: VERSION_KEY, value: String(RECORD_SCHEMA_VERSION) }],
    })
  }

  /** Writes one row group. `records` must not be empty. */
  write(records: readonly RequestRecord[]): void {
    const columnData = SCALAR_COLUMNS.map((column) => toSource(column, records))
    void this.#parquet.write({ columnData, rowGroupSize: records.length })
    const group = this.#parquet.row_groups.at(-1)!
    for (const column of LIST_COLUMNS) writeListColumn(this.#bytes, group, column, records)
    this.#flush()
  }

  finish(): void {
    void this.#parquet.finish()
    this.#flush()
    closeSync(this.#file)
    renameSync(this.#temporary, this.#path)
  }

  /** Leaves nothing behind but an older file of that name. */
  abandon(): void {
    try {
      closeSync(this.#file)
    } catch {
      // It was closed already: finishing failed at the last step.
    }
    rmSync(this.#temporary, { force: true })
  }

  #flush(): void {
    const bytes = this.#bytes.getBytes()
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(this.#file, bytes, offset)
    this.#bytes.index = 0
  }
}

function toSource({ name, kind, of }: ScalarColumn, records: readonly RequestRecord[]): ColumnSource {
  const values = records.map(of)
  const data = kind === 'ns' ? values.map((value) => (value === null ? null : BigInt(value))) : values
  // The answers differ, so a dictionary cannot pay, and bounds of a text are of no use.
  return kind === 'text' && name === 'text'
    ? { name, data, encoding: 'PLAIN', statistics: false }
    : { name, data }
}
