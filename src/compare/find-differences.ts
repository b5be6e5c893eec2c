/** What must be alike for a comparison to be about the server. */
export interface RunFacts {
  readonly name: string
  readonly health: 'valid' | 'degraded' | 'invalid' | 'unknown'
  readonly status: string
  /** Model, workload, load and judging, each as one text. */
  readonly settings: Readonly<Record<string, string>>
}

/** What makes two sides hard to compare, one sentence each. */
export function findDifferences(a: readonly RunFacts[], b: readonly RunFacts[]): string[] {
  const warnings: string[] = []
  const reference = a[0]
  if (reference === undefined) return warnings
  const others = [...a.slice(1), ...b]
  for (const [setting, value] of Object.entries(reference.settings)) {
    const other = others.find(({ settings }) => settings[setting] !== value)
    if (other !== undefined)
      warnings.push(
        `${setting} differs: ${value} in ${reference.name}, ${other.settings[setting] ?? 'nothing'} in ${other.name}.`,
      )
  }
  for (const { name, health, status } of [...a, ...b]) {
    if (health === 'invalid')
      warnings.push(
        `${name} is void: the client itself was its limit, so that it says nothing of the server.`,
      )
    if (health === 'degraded') warnings.push(`${name}: the client's own error is a part of its numbers.`)
    if (status !== 'complete') warnings.push(`${name} is ${status}, not complete.`)
  }
  return warnings
}
