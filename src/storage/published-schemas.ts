import * as z from 'zod'
import { journalLineSchema } from './journal-line-schema.ts'
import { manifestSchema } from './manifest-schema.ts'
import { prefillProfileSchema } from './prefill-profile-schema.ts'

/** The JSON Schemas (draft 2020-12) that the package ships in `schemas/`, by file name. */
export function publishedSchemas(): Record<string, object> {
  return {
    'journal-line.schema.json': z.toJSONSchema(journalLineSchema),
    'prefill-profile.schema.json': z.toJSONSchema(prefillProfileSchema),
    'manifest.schema.json': z.toJSONSchema(manifestSchema),
  }
}
