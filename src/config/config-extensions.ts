import type { SpecifiedExtension } from './extension-spec.ts'

/** What the schema must know of the extensions at hand. */
export interface ConfigExtensions {
  readonly arrivals: readonly SpecifiedExtension[]
  readonly lengths: readonly SpecifiedExtension[]
  readonly protocols: readonly { readonly kind: string; readonly summary: string }[]
  readonly engines: readonly string[]
  /** Parts of the embedded engine that are chosen by kind. */
  readonly simulator: {
    readonly policies: readonly SpecifiedExtension[]
    readonly memories: readonly SpecifiedExtension[]
    readonly prefixCaches: readonly SpecifiedExtension[]
    readonly speculations: readonly SpecifiedExtension[]
    readonly routers: readonly SpecifiedExtension[]
    readonly failures: readonly SpecifiedExtension[]
  }
}

/** Their kinds, for a description. */
export function kindsOf(extensions: readonly { readonly kind: string }[]): string {
  return extensions.map(({ kind }) => kind).join(', ')
}
