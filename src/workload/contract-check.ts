/** One promise of an extension. `run` throws an Error that says what was broken; any test runner can call it. */
export interface ContractCheck {
  /** A sentence, fit for a test title. */
  readonly name: string
  readonly run: () => void
}

/** @throws Error with `message` unless `condition` holds */
export function demand(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message)
}
