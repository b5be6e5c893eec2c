import * as z from 'zod'
import { FAILURE_REASONS, type FailureReason } from '../records/outcome.ts'
import { RECORD_SCHEMA_VERSION } from '../records/request-record.ts'
import type { JournalLine } from './journal-line.ts'

const count = z.int32().min(0)
const momentNs = z.int()

const moments = z
  .strictObject({
    dueNs: momentNs.describe('The schedule says: send now. Closed loop: the slot became free.'),
    dispatchedNs: momentNs.describe('The engine handed the request to the client.'),
    sentNs: momentNs
      .nullable()
      .describe("The request's last byte was given to the socket, after connecting."),
    headersNs: momentNs.nullable().describe('The response headers were complete.'),
    endNs: momentNs.describe('The body was complete, or the failure was seen.'),
  })
  .describe("Integer nanoseconds of the run's monotonic clock since its zero; null: the moment never came.")

const outcome = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ok') }),
    z.strictObject({
      kind: z.literal('failed'),
      reason: z.enum(Object.keys(FAILURE_REASONS) as FailureReason[]).describe('One of a closed list.'),
      detail: z
        .string()
        .describe('One line for people; text of the server, so hostile wherever it is shown.'),
      status: z.int32().nullable().describe('HTTP status; null when no headers arrived.'),
    }),
  ])
  .describe('How the request ended.')

const chunks = z
  .strictObject({
    ns: z.array(momentNs).describe("Arrival of each chunk in ns since the run's zero; never decreasing."),
    channels: z
      .string()
      .regex(/^[art]*$/)
      .describe('One character a chunk: a visible answer, r reasoning, t tool call.'),
    chars: z.array(count).describe('UTF-16 length of the text of each chunk.'),
    tokens: z.array(count).nullable().describe('Tokens in each chunk; null until known.'),
  })
  .superRefine(({ ns, channels, chars, tokens }, context) => {
    const mismatch = (field: string, length: number) =>
      context.addIssue({
        code: 'custom',
        path: [field],
        message: `has ${length} entries, but ns has ${ns.length}`,
      })
    if (channels.length !== ns.length) mismatch('channels', channels.length)
    if (chars.length !== ns.length) mismatch('chars', chars.length)
    if (tokens !== null && tokens.length !== ns.length) mismatch('tokens', tokens.length)
    const fall = ns.findIndex((value, index) => index > 0 && value < ns[index - 1]!)
    if (fall !== -1) {
      context.addIssue({ code: 'custom', path: ['ns', fall], message: 'is earlier than the chunk before it' })
    }
  })
  .describe('The content-bearing events, as columns of one entry a chunk; all columns are equally long.')

/**
 * The shape of one line of `journal.jsonl`. Strict: an unknown field means another version of Metron.
 * Published as `schemas/journal-line.schema.json`; that file cannot say that the columns of `chunks` are equally
 * long and that `ns` never falls, this schema checks both.
 */
export const journalLineSchema = z
  .strictObject({
    v: z.literal(RECORD_SCHEMA_VERSION).describe('Version of the shape of a line.'),
    id: count.describe('Index in the plan, from 0; unique in a run.'),
    worker: count.describe('Index of the worker thread that sent it, from 0.'),
    moments,
    outcome,
    attempts: z.int32().min(1).describe('1, plus one for each silent resend on a connection found closed.'),
    connectNs: z
      .int()
      .nullable()
      .describe('TCP + TLS set-up time; null when a connection was reused or never made.'),
    prompt: z.strictObject({
      wantedTokens: count.describe('Tokens asked of the prompt builder.'),
      serverTokens: count.nullable().describe('usage.prompt_tokens; null when the server did not say.'),
      cachedTokens: count
        .nullable()
        .describe("Prompt tokens from the server's prefix cache; null: not said."),
    }),
    output: z.strictObject({
      wantedTokens: count.describe('Output tokens asked of the server.'),
      serverTokens: count.nullable().describe('usage.completion_tokens; null when the server did not say.'),
      finishReason: z.string().nullable().describe('The last finish_reason; null when there was none.'),
    }),
    chunks,
    tokenSource: z
      .enum(['token-ids', 'usage', 'tokenizer', 'usage-total', 'chunk'])
      .nullable()
      .describe('Where chunks.tokens comes from, best first; null until known.'),
    text: z
      .string()
      .nullable()
      .describe('Text of all chunks in order of arrival; null when the run did not keep text.'),
  })
  .meta({
    title: 'One line of journal.jsonl',
    description: 'What one finished request of a Metron run was.',
  }) satisfies z.ZodType<JournalLine>
