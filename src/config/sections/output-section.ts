import * as z from 'zod'
import { optional } from '../optional.ts'

/** Where results go. */
export const outputSection = () =>
  z.strictObject({
    runs: z.string().min(1).prefault('runs').meta({
      flag: 'runs',
      placeholder: 'folder',
      description: 'Folder that holds all runs',
    }),
    name: optional(z.string().min(1)).meta({
      flag: 'name',
      placeholder: 'name',
      description: 'Name of the run; made of time and target when absent',
    }),
    keepText: z.boolean().prefault(true).meta({
      flag: 'keep-text',
      description: 'Keep the text of the answers in the run folder',
    }),
  })
