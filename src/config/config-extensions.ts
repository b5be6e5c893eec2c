import type { SpecifiedExtension } from './extension-spec.ts'

/** What the schema must know of the extensions at hand. */
export interface ConfigExtensions {
  readonly arrivals: readonly SpecifiedExtension[]
  readonly lengths: readonly SpecifiedExtension[]
  readonly protocols: readonly { readonly kind: string; readonly summary: string }[]
  readonly engines: readonly string[]
}

/** Their kinds, for a description. */
export function kindsOf(extensions: readonly { readonly kind: string }[]): string {
  return extensions.map(({ kind }) => kind).join(', ')
}
