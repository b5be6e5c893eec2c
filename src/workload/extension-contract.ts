import type * as z from 'zod'
import { type ContractCheck, demand } from './contract-check.ts'

/** What every extension of the workload has: arrival processes and length distributions alike. */
interface Extension {
  readonly kind: string
  readonly summary: string
  readonly options: z.ZodType
}

/** The promises that do not depend on what the extension does: its name and its options. */
export function extensionContract(
  extension: Extension,
  goodOptions: unknown,
  badOptions: readonly unknown[],
): readonly ContractCheck[] {
  return [
    {
      name: 'has a kind in kebab-case and a summary of one line',
      run: () => {
        const { kind, summary } = extension
        demand(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(kind), `kind is ${JSON.stringify(kind)}`)
        demand(/^\S[^\n]*$/.test(summary), 'the summary is empty or has several lines')
      },
    },
    {
      name: 'accepts good options, also when they have been parsed before',
      run: () => {
        const parsed = extension.options.parse(goodOptions)
        demand(extension.options.safeParse(parsed).success, 'parsed options are rejected')
      },
    },
    {
      name: 'rejects bad and unknown options',
      run: () => {
        for (const bad of [...badOptions, { ...Object(goodOptions), unknownOption: 1 }, null]) {
          demand(!extension.options.safeParse(bad).success, `accepted ${JSON.stringify(bad)}`)
        }
      },
    },
  ]
}
