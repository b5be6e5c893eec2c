import type { ZodError } from 'zod'

/** The first problem of a failed check in words, with its place: `field chunks.ns[3]: expected number, received null`. */
export function fieldProblem(error: ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'invalid'
  const place = issue.path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
  const message = issue.message.replace(/^Invalid input: /, '')
  return place === '' ? message : `field ${place.replace(/^\./, '')}: ${message}`
}
