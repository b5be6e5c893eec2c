import type { ColumnMetaData, DecodedArray, PageHeader, SchemaTree } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { convertWithDictionary, DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { getMaxDefinitionLevel } from 'hyparquet/src/schema.js'
import type { ColumnDecoder } from 'hyparquet/src/types.js'
import { decompressors } from './codecs.ts'

/** The pages of a list column of one row group, without cutting them into lists. */
export interface FlatColumn {
  readonly pages: readonly FlatPage[]
  readonly maxDefinitionLevel: number
  /** Definition level of a list that is there but empty; lower is a missing list. */
  readonly emptyLevel: number
}

/** `values` are the values that are there; the levels have one entry more for each empty or missing list. */
export interface FlatPage {
  readonly values: DecodedArray
  readonly repetitionLevels: ArrayLike<number>
  /** Empty: all maximal. */
  readonly definitionLevels: ArrayLike<number>
}

/**
 * Decodes a list column with the library's page decoders but without its list assembly, which would make nested
 * arrays of boxed numbers. Reads any encoding that the library knows, so that files rewritten by other tools work.
 */
export function readFlatColumn(
  bytes: ArrayBuffer,
  meta: ColumnMetaData,
  schemaPath: SchemaTree[],
): FlatColumn {
  const decoder: ColumnDecoder = {
    pathInSchema: meta.path_in_schema,
    type: meta.type,
    element: schemaPath.at(-1)!.element,
    schemaPath,
    codec: meta.codec,
    parsers: DEFAULT_PARSERS,
    compressors: decompressors,
  }
  const reader = { view: new DataView(bytes), offset: 0 }
  const pages: FlatPage[] = []
  let dictionary: DecodedArray | undefined
  while (reader.offset < bytes.byteLength - 1) {
    const header = parquetHeader(reader)
    const body = new Uint8Array(bytes, reader.offset, header.compressed_page_size)
    reader.offset += header.compressed_page_size
    if (header.dictionary_page_header !== undefined) {
      const page = decompressPage(body, header.uncompressed_page_size, meta.codec, decoder.compressors)
      dictionary = readPlain(readerOf(page), meta.type, header.dictionary_page_header.num_values, undefined)
    } else {
      pages.push(readFlatPage(body, header, decoder, dictionary))
    }
  }
  const emptyLevel = schemaPath[1]!.element.repetition_type === 'OPTIONAL' ? 1 : 0
  return { pages, maxDefinitionLevel: getMaxDefinitionLevel(schemaPath), emptyLevel }
}

function readFlatPage(
  body: Uint8Array,
  header: PageHeader,
  decoder: ColumnDecoder,
  dictionary: DecodedArray | undefined,
): FlatPage {
  const { data_page_header: v1, data_page_header_v2: v2 } = header
  if (v2?.encoding === 'PLAIN') return readPlainPage(body, header, decoder)
  const encoding = (v2 ?? v1)!.encoding
  const page =
    v1 === undefined
      ? readDataPageV2(body, header, decoder)
      : readDataPage(
          decompressPage(body, header.uncompressed_page_size, decoder.codec, decoder.compressors),
          v1,
          decoder,
        )
  return {
    values: convertWithDictionary(page.dataPage, dictionary, encoding, decoder),
    repetitionLevels: page.repetitionLevels,
    definitionLevels: page.definitionLevels ?? [],
  }
}

/** A page as this project writes it: levels into bytes instead of boxed arrays, values without copying. */
function readPlainPage(body: Uint8Array, header: PageHeader, decoder: ColumnDecoder): FlatPage {
  const v2 = header.data_page_header_v2!
  const levels = readerOf(body)
  const repetitionLevels = new Uint8Array(v2.num_values)
  readRleBitPackedHybrid(levels, 1, repetitionLevels, v2.repetition_levels_byte_length)
  const definitionLevels = new Uint8Array(v2.num_nulls === 0 ? 0 : v2.num_values)
  if (v2.num_nulls > 0) {
    const bitWidth = 32 - Math.clz32(getMaxDefinitionLevel(decoder.schemaPath))
    readRleBitPackedHybrid(levels, bitWidth, definitionLevels, v2.definition_levels_byte_length)
  }
  const levelBytes = v2.repetition_levels_byte_length + v2.definition_levels_byte_length
  const compressed = body.subarray(levelBytes)
  const page =
    v2.is_compressed === false
      ? compressed
      : decompressPage(
          compressed,
          header.uncompressed_page_size - levelBytes,
          decoder.codec,
          decoder.compressors,
        )
  const values = readPlain(readerOf(page), decoder.type, v2.num_values - v2.num_nulls, undefined)
  return { values, repetitionLevels, definitionLevels }
}

function readerOf(bytes: Uint8Array) {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
}
