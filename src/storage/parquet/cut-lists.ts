import type { DecodedArray } from 'hyparquet'
import { fromInt64Column } from './integer-columns.ts'
import type { FlatColumn, FlatPage } from './read-flat-column.ts'

/**
 * Cuts a flat column into one typed array a request: views of a common buffer, `null` for a missing list.
 *
 * @throws RangeError when the column does not hold `rows` lists of numbers
 */
export function cutLists<T extends Float64Array | Int32Array>(
  column: FlatColumn,
  rows: number,
  arrayType: new (length: number) => T,
): (T | null)[] {
  const values = join(column, arrayType)
  const starts: number[] = []
  const missing: boolean[] = []
  let count = 0
  for (const page of column.pages) {
    count =
      page.definitionLevels.length === 0
        ? markFull(page, count, starts)
        : markSparse(page, count, starts, missing, column)
  }
  if (starts.length !== rows) throw new RangeError(`expected ${rows} lists, found ${starts.length}`)
  if (count !== values.length) throw new RangeError(`expected ${count} values, found ${values.length}`)
  starts.push(count)
  return Array.from({ length: rows }, (_, row) =>
    missing[row] === true ? null : (values.subarray(starts[row], starts[row + 1]) as T),
  )
}

/** Notes where each list of a page starts when no list is empty or missing: a list starts at each level 0. */
function markFull({ repetitionLevels }: FlatPage, count: number, starts: number[]): number {
  // The native search skips over a long list faster than a loop would.
  const levels = repetitionLevels instanceof Uint8Array ? repetitionLevels : new Uint8Array(repetitionLevels)
  for (let entry = levels.indexOf(0); entry !== -1; entry = levels.indexOf(0, entry + 1))
    starts.push(count + entry)
  return count + levels.length
}

function markSparse(
  { repetitionLevels, definitionLevels }: FlatPage,
  count: number,
  starts: number[],
  missing: boolean[],
  { emptyLevel, maxDefinitionLevel }: FlatColumn,
): number {
  let end = count
  for (let entry = 0; entry < definitionLevels.length; entry++) {
    const level = definitionLevels[entry]!
    if (repetitionLevels[entry] === 0) {
      if (level < emptyLevel) missing[starts.length] = true
      starts.push(end)
    }
    if (level === maxDefinitionLevel) end++
    else if (level > emptyLevel) throw new RangeError('a list holds a null')
  }
  return end
}

/** All values of a column in one typed array. The usual single page of the right type is used as it is. */
function join<T extends Float64Array | Int32Array>(
  column: FlatColumn,
  arrayType: new (length: number) => T,
): T {
  const parts = column.pages.map(({ values }) => toNumbers(values))
  const [first] = parts
  if (parts.length === 1 && first instanceof arrayType) return first
  const joined = new arrayType(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

function toNumbers(values: DecodedArray): ArrayLike<number> {
  if (values instanceof BigInt64Array) return fromInt64Column(values)
  return typeof values[0] === 'bigint'
    ? Array.from(values as Iterable<bigint>, Number)
    : (values as ArrayLike<number>)
}
