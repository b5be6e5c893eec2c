/** `a + b x + c x^2`. */
export type Quadratic = readonly [a: number, b: number, c: number]

const SUBSETS: readonly (readonly number[])[] = [[0, 1, 2], [0, 1], [0, 2], [1, 2], [0], [1], [2]]

/**
 * The quadratic without negative coefficients, so one that never falls for x >= 0, with the least sum of
 * `weight (y - fit)^2`. Exact: for every choice of coefficients that are 0 the others follow from the normal equations,
 * and the best choice without a negative one is taken (Lawson and Hanson's problem with three unknowns).
 *
 * Fewer than three different x leave coefficients undetermined: those are 0. No points: `null`.
 *
 * @param weights relative, all above 0; `1 / y^2` makes the relative error count
 */
export function fitQuadratic(
  x: readonly number[],
  y: readonly number[],
  weights: readonly number[],
): Quadratic | null {
  if (x.length === 0) return null
  // Powers of numbers around 1 keep the equations well conditioned.
  const unit = Math.max(...x.map(Math.abs)) || 1
  const rows = x.map((value) => [1, value / unit, (value / unit) ** 2])
  let best: [number, number, number] = [0, 0, 0]
  let bestError = errorOf(best, rows, y, weights)
  for (const subset of SUBSETS) {
    const solved = solve(
      subset.map((i) => [
        ...subset.map((j) => rows.reduce((sum, row, k) => sum + weights[k]! * row[i]! * row[j]!, 0)),
        rows.reduce((sum, row, k) => sum + weights[k]! * row[i]! * y[k]!, 0),
      ]),
    )
    if (solved === null || solved.some((value) => !(value >= 0))) continue
    const all: [number, number, number] = [0, 0, 0]
    for (const [position, i] of subset.entries()) all[i] = solved[position]!
    const error = errorOf(all, rows, y, weights)
    if (error < bestError) [best, bestError] = [all, error]
  }
  return [best[0], best[1] / unit, best[2] / unit ** 2]
}

/** The value of the quadratic at `x`. */
export function quadraticAt([a, b, c]: Quadratic, x: number): number {
  return a + x * (b + x * c)
}

function errorOf(
  fit: Quadratic,
  rows: readonly (readonly number[])[],
  y: readonly number[],
  weights: readonly number[],
): number {
  return rows.reduce((sum, row, k) => sum + weights[k]! * (y[k]! - quadraticAt(fit, row[1]!)) ** 2, 0)
}

/** Gaussian elimination with pivots; `null` when the equations are (nearly) dependent. */
function solve(equations: number[][]): number[] | null {
  const size = equations.length
  const scale = Math.max(...equations.flatMap((row) => row.slice(0, size).map(Math.abs)))
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++)
      if (Math.abs(equations[row]![column]!) > Math.abs(equations[pivot]![column]!)) pivot = row
    if (!(Math.abs(equations[pivot]![column]!) > scale * 1e-13)) return null
    const moved = equations[column]!
    equations[column] = equations[pivot]!
    equations[pivot] = moved
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const factor = equations[row]![column]! / equations[column]![column]!
      for (let k = column; k <= size; k++) equations[row]![k]! -= factor * equations[column]![k]!
    }
  }
  return equations.map((row, i) => row[size]! / row[i]!)
}
