/** A source of option values; later layers win: defaults < file < environment < flags. */
export interface ConfigLayer {
  /** Values as people write them, nested like the config. */
  readonly values: Readonly<Record<string, unknown>>
  /** Where the value at `path` was written, for messages: `bench.yaml:6:9`, `--rate`, `METRON_LOAD_RATE`. */
  origin(path: readonly string[]): string
}

/** Value at `path`, `undefined` when there is none. */
export function valueAt(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Record<string, unknown>)[key]
        : undefined,
    values,
  )
}

/** Sets `path` in nested plain objects, making the objects on the way. */
export function setAt(values: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let node = values
  for (const key of path.slice(0, -1)) {
    if (typeof node[key] !== 'object' || node[key] === null) node[key] = {}
    node = node[key] as Record<string, unknown>
  }
  Object.defineProperty(node, path.at(-1)!, { value, enumerable: true, configurable: true, writable: true })
}
