// Writes the JSON Schemas of config files and of the run folder's files, derived from the schemas that the code checks with.
import { mkdirSync, writeFileSync } from 'node:fs'
import { configJsonSchema } from '../src/app/config-json-schema.ts'
import { publishedSchemas } from '../src/storage/published-schemas.ts'

const folder = new URL('../schemas/', import.meta.url)
const schemas = { 'config.schema.json': configJsonSchema(), ...publishedSchemas() }
mkdirSync(folder, { recursive: true })
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(new URL(name, folder), `${JSON.stringify(schema, null, 2)}\n`)
}
