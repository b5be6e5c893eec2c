import { type FileMetaData, parquetRead, parquetSchema } from 'hyparquet'
import { getTreePath } from 'hyparquet/src/schema.js'
import type { RequestRecord } from '../../records/request-record.ts'
import { decompressors } from './codecs.ts'
import { cutLists } from './cut-lists.ts'
import type { FileBuffer } from './open-file-buffer.ts'
import { type FlatColumn, readFlatColumn } from './read-flat-column.ts'
import { recordOfRow } from './record-of-row.ts'
import { SCALAR_COLUMNS } from './requests-columns.ts'

// The library's own decoder takes a leading U+FEFF for a byte order mark and drops it.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Reads one row group of `requests.parquet`.
 *
 * @param firstRow rows in the groups before it
 * @throws RangeError or ZodError when it holds what no request can be; the library's errors when it is damaged
 */
export async function readRowGroup(
  file: FileBuffer,
  metadata: FileMetaData,
  index: number,
  firstRow: number,
): Promise<RequestRecord[]> {
  const rows = Number(metadata.row_groups[index]!.num_rows)
  const list = (name: string) => readList(file, metadata, index, name)
  const ns = cutLists(await list('chunk_ns'), rows, Float64Array)
  const tokens = cutLists(await list('chunk_tokens'), rows, Int32Array)
  const chars = cutLists(await list('chunk_chars'), rows, Int32Array)
  const scalars = await readScalars(file, metadata, firstRow, rows)
  return Array.from({ length: rows }, (_, row) =>
    recordOfRow((column) => scalars.get(column)![row], {
      ns: ns[row] ?? new Float64Array(0),
      tokens: tokens[row]!,
      chars: chars[row] ?? new Int32Array(0),
    }),
  )
}

/** Values by column name, 64-bit integers as numbers and missing values as `null`. */
async function readScalars(
  file: FileBuffer,
  metadata: FileMetaData,
  firstRow: number,
  rows: number,
): Promise<Map<string, unknown[]>> {
  const values = new Map(SCALAR_COLUMNS.map(({ name }) => [name, new Array<unknown>(rows).fill(null)]))
  await parquetRead({
    file,
    metadata,
    columns: [...values.keys()],
    rowStart: firstRow,
    rowEnd: firstRow + rows,
    compressors: decompressors,
    parsers: { stringFromBytes: (bytes) => bytes && utf8.decode(bytes) },
    onChunk({ columnName, columnData, rowStart }) {
      const column = values.get(columnName)!
      for (let index = 0; index < columnData.length; index++) {
        const value: unknown = columnData[index]
        column[rowStart - firstRow + index] = typeof value === 'bigint' ? Number(value) : (value ?? null)
      }
    },
  })
  return values
}

async function readList(
  file: FileBuffer,
  metadata: FileMetaData,
  index: number,
  name: string,
): Promise<FlatColumn> {
  const chunk = metadata.row_groups[index]!.columns.find(
    ({ meta_data }) => meta_data?.path_in_schema[0] === name,
  )
  const meta = chunk?.meta_data
  if (meta === undefined) throw new RangeError(`column ${name} is missing`)
  const start = Number(meta.dictionary_page_offset ?? meta.data_page_offset)
  const bytes = await file.slice(start, start + Number(meta.total_compressed_size))
  return readFlatColumn(bytes, meta, getTreePath(parquetSchema(metadata), meta.path_in_schema))
}
