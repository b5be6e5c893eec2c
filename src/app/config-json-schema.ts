import * as z from 'zod'
import { CONFIG_SCHEMA } from './read-config.ts'

/**
 * The JSON Schema (draft 2020-12) of config files, for completion and checks in editors. It knows the names and types
 * of all options; whether a duration or an objective is well formed is only known when it is read.
 */
export function configJsonSchema(): object {
  const { $schema, properties, ...schema } = z.toJSONSchema(CONFIG_SCHEMA, {
    io: 'input',
    // For the command line only.
    override({ jsonSchema }) {
      delete jsonSchema.flag
      delete jsonSchema.placeholder
    },
  })
  return {
    $schema,
    title: 'Config of metron bench',
    description: 'Every option may be left out; see docs/reference/config.md.',
    properties: { $schema: { type: 'string', description: 'This schema, for editors' }, ...properties },
    ...schema,
  }
}
