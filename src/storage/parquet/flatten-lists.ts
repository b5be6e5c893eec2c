/** Lists as Parquet stores them: all values in a row, and two levels that say where lists start and end. */
export interface FlatLists {
  readonly values: Float64Array
  /** 0: the entry starts a list; 1: it goes on with it. */
  readonly repetitionLevels: Uint8Array
  /** The highest level: a value is there; one lower: the list is empty; 0 when lists may miss: it is missing. */
  readonly definitionLevels: Uint8Array
}

/** An empty or missing list has one entry in the levels and none in the values. */
export function flattenLists(lists: readonly (ArrayLike<number> | null)[], nullable: boolean): FlatLists {
  const maxLevel = nullable ? 2 : 1
  let entries = 0
  let count = 0
  for (const list of lists) {
    const length = list?.length ?? 0
    entries += Math.max(1, length)
    count += length
  }
  const values = new Float64Array(count)
  const repetitionLevels = new Uint8Array(entries).fill(1)
  const definitionLevels = new Uint8Array(entries).fill(maxLevel)
  let entry = 0
  let filled = 0
  for (const list of lists) {
    repetitionLevels[entry] = 0
    if (list === null || list.length === 0) {
      definitionLevels[entry++] = list === null ? 0 : maxLevel - 1
      continue
    }
    values.set(list, filled)
    entry += list.length
    filled += list.length
  }
  return { values, repetitionLevels, definitionLevels }
}
