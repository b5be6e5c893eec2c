import type { RowGroup } from 'hyparquet'
import { ByteWriter } from 'hyparquet-writer'
import { writePageHeader } from 'hyparquet-writer/src/datapage.js'
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js'
import type { RequestRecord } from '../../records/request-record.ts'
import { compressors } from './codecs.ts'
import { flattenLists } from './flatten-lists.ts'
import { toInt32Column, toInt64Column } from './integer-columns.ts'
import { type ListColumn, listPath } from './requests-columns.ts'

/**
 * Appends one list column of `records` to the row group being written: a single page of plain values compressed
 * with Zstandard. The library's own way from nested arrays to a page visits every number recursively (0.4 us each).
 * Plain 32- and 64-bit integers are what a typed array holds in memory, so only the levels and the page header need
 * the library's encoders. Supposes a little-endian machine, as the library's reader does.
 *
 * @throws RangeError when a value is no integer of its type
 */
export function writeListColumn(
  writer: ByteWriter,
  group: RowGroup,
  column: ListColumn,
  records: readonly RequestRecord[],
): void {
  const lists = flattenLists(records.map(column.of), column.nullable)
  const values = column.kind === 'ns' ? toInt64Column(lists.values) : toInt32Column(lists.values)
  const plain = new Uint8Array(values.buffer)
  const compressed = compressors.ZSTD(plain)

  const levels = new ByteWriter()
  const repetitionBytes = writeRleBitPackedHybrid(levels, lists.repetitionLevels, 1)
  const definitionBytes = writeRleBitPackedHybrid(levels, lists.definitionLevels, column.nullable ? 2 : 1)

  const startOffset = writer.offset
  writePageHeader(writer, {
    type: 'DATA_PAGE_V2',
    uncompressed_page_size: levels.offset + plain.length,
    compressed_page_size: levels.offset + compressed.length,
    data_page_header_v2: {
      num_values: lists.repetitionLevels.length,
      num_nulls: lists.repetitionLevels.length - values.length,
      num_rows: records.length,
      encoding: 'PLAIN',
      definition_levels_byte_length: definitionBytes,
      repetition_levels_byte_length: repetitionBytes,
      is_compressed: true,
    },
  })
  const uncompressedBytes = BigInt(writer.offset - startOffset + levels.offset + plain.length)
  writer.appendBytes(levels.getBytes())
  writer.appendBytes(compressed)

  const compressedBytes = BigInt(writer.offset - startOffset)
  group.columns.push({
    file_offset: BigInt(startOffset),
    meta_data: {
      type: column.kind === 'ns' ? 'INT64' : 'INT32',
      encodings: ['RLE', 'PLAIN'],
      path_in_schema: listPath(column.name),
      codec: 'ZSTD',
      num_values: BigInt(lists.repetitionLevels.length),
      total_compressed_size: compressedBytes,
      total_uncompressed_size: uncompressedBytes,
      data_page_offset: BigInt(startOffset),
    },
  })
  group.total_byte_size += uncompressedBytes
  group.total_compressed_size = (group.total_compressed_size ?? 0n) + compressedBytes
}
