import * as z from 'zod'
import { createRandomStream } from '../../numerics/create-random-stream.ts'
import { engineOptions } from '../engine-options.ts'
import { readFaults } from './faults/read-faults.ts'

/** Everything about the simulator's HTTP server that a config file may say. */
export const serverOptions = engineOptions.extend({
  host: z.string().default('127.0.0.1').describe('Address to listen on'),
  port: z.int().min(0).max(65_535).default(0).describe('Port to listen on; 0 for a free one'),
  apiKey: z.string().min(1).optional().describe('Key that clients must send as a bearer token'),
  seed: z.number().default(0).describe('Seed of texts and lengths'),
  defaultMaxTokens: z.int().min(1).default(128).describe('Longest answer when a request does not say'),
  eosProbability: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Chance of the answer ending at any token, unless a request says ignore_eos; 0: never'),
  tokensPerEvent: z.int().min(1).default(1).describe('Tokens in one streamed event'),
  tokenInfo: z
    .enum(['on-request', 'none', 'logprobs', 'token-ids'])
    .default('on-request')
    .describe(
      'What events tell of their tokens: what a request asks for (return_token_ids, logprobs), nothing, or always one of them',
    ),
  usage: z
    .enum(['running', 'final', 'none'])
    .default('running')
    .describe(
      'Which stream_options are honoured: continuous_usage_stats and include_usage, include_usage alone, or none',
    ),
  reasoningTokens: z
    .int()
    .min(0)
    .default(0)
    .describe('First tokens of a chat answer that go out as reasoning'),
  toolCalls: z.boolean().default(false).describe('Chat answers are calls of a tool'),
  roleEvent: z
    .enum(['on-accept', 'with-first-token', 'none'])
    .default('on-accept')
    .describe('When the event that carries only the role goes out'),
  keepAliveTimeoutNs: z.int().min(0).default(5e9).describe('How long an idle connection is kept open'),
  maxBodyBytes: z.int().min(1).default(33_554_432).describe('Largest request body'),
  allowFaults: z.boolean().default(false).describe('Honour the header x-sim-fault'),
  faults: z
    .array(z.string().superRefine(checkFault))
    .default([])
    .describe(
      'Faults of answers, each with its chance: reset-after=3@2%; the seed and the request id decide',
    ),
  keepGroundTruth: z.boolean().default(true).describe('Keep the ground truth in memory'),
})

/** As a caller writes it; every field is optional. */
export type ServerInput = z.input<typeof serverOptions>
export type ServerOptions = z.output<typeof serverOptions>

function checkFault(text: string, context: z.RefinementCtx): void {
  try {
    readFaults(text, createRandomStream(0))
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
  }
}
