const TWO_POW_32 = 4294967296

/**
 * Integers in doubles as 64-bit integers. The halves are set as 32-bit numbers: making a BigInt for each of ten
 * million values would take a second.
 *
 * @throws RangeError when a value is no integer or beyond 2^53
 */
export function toInt64Column(values: Float64Array): BigInt64Array {
  const column = new BigInt64Array(values.length)
  const low = new Uint32Array(column.buffer)
  const high = new Int32Array(column.buffer)
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!
    if (!Number.isSafeInteger(value)) throw new RangeError(`expected an integer below 2^53, got ${value}`)
    const upper = Math.floor(value / TWO_POW_32)
    low[2 * index] = value - upper * TWO_POW_32
    high[2 * index + 1] = upper
  }
  return column
}

/** The reverse of {@link toInt64Column}; values beyond 2^53 are rounded. */
export function fromInt64Column(column: BigInt64Array): Float64Array {
  const low = new Uint32Array(column.buffer, column.byteOffset, column.length * 2)
  const high = new Int32Array(column.buffer, column.byteOffset, column.length * 2)
  const values = new Float64Array(column.length)
  for (let index = 0; index < values.length; index++) {
    values[index] = high[2 * index + 1]! * TWO_POW_32 + low[2 * index]!
  }
  return values
}

/** @throws RangeError when a value is no integer or beyond 2^31 */
export function toInt32Column(values: Float64Array): Int32Array {
  for (const value of values) {
    if ((value | 0) !== value) throw new RangeError(`expected an integer below 2^31, got ${value}`)
  }
  return new Int32Array(values)
}
