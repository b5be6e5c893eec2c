// Writes the pages of docs/reference/ that are made from the code.
import { writeFileSync } from 'node:fs'
import { referencePages } from './reference/reference-pages.ts'

for (const [name, text] of Object.entries(await referencePages()))
  writeFileSync(new URL(`../docs/reference/${name}`, import.meta.url), text)
