/** Unit in which a metric's values are held in code. Formatters turn `ns` into ms or s for people. */
export type MetricUnit = 'ns' | 'tokens' | 'tokens/s' | 'requests/s' | 'fraction' | 'requests'

/**
 * One metric as data: tables, axes, CSV columns, tooltips and the reference page derive from it.
 *
 * `scope` says what one sample is: a request, a token, or the whole run.
 */
export interface MetricDefinition {
  /** Stable id, kebab-case: `ttft`, `tbt`, `fluidity-index`. */
  readonly id: string
  readonly label: string
  readonly unit: MetricUnit
  readonly better: 'lower' | 'higher' | 'neither'
  readonly scope: 'request' | 'token' | 'run'
  /** One or two plain sentences: from which moment to which, by which formula, and what has no value. */
  readonly definition: string
  /** Paper or document the definition comes from. */
  readonly source: string
}
