const SHORTEST_SECRET = 6

/** The secret parts of request headers: whole values, and what follows `Bearer` or `Basic`. */
export function secretsOf(headers: Readonly<Record<string, string>>): string[] {
  return Object.values(headers)
    .flatMap((value) => [value, value.replace(/^\w+\s+/, '')])
    .filter((value) => value.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length)
}

/** Text of a server with every secret in it hidden: servers like to repeat the key that they refuse. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '(hidden)'), text)
}
