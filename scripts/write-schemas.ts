// Writes the JSON Schemas of the run folder's files, derived from the schemas that the code checks with.
import { mkdirSync, writeFileSync } from 'node:fs'
import { publishedSchemas } from '../src/storage/published-schemas.ts'

const folder = new URL('../schemas/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, schema] of Object.entries(publishedSchemas())) {
  writeFileSync(new URL(name, folder), `${JSON.stringify(schema, null, 2)}\n`)
}
