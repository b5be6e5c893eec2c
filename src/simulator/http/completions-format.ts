import { readCompletionRequest } from './completion-request.ts'
import { tokenIdsField } from './token-ids-field.ts'
import { asciiJson, type TokenInfo, usageJson, type WireFormat } from './wire-format.ts'

/** OpenAI's older text completions. No role event, no reasoning. */
export const completionsFormat: WireFormat = {
  path: '/completions',
  hasReasoning: false,
  readRequest: readCompletionRequest,
  events(head) {
    const open =
      `{"id":${asciiJson(`cmpl-${head.id}`)},"object":"text_completion",` +
      `"created":${head.created},"model":${asciiJson(head.model)},"choices":[`
    const choice = (text: string, logprobs: string, reason: string) =>
      `${open}{"index":0,"text":"${text}","logprobs":${logprobs},"finish_reason":${reason}`
    const usageField = (usage: string | null | undefined) => (usage === undefined ? '' : `,"usage":${usage}`)
    return {
      role: null,
      tokens: ({ tokens, info, usage }) =>
        `${choice(tokens.join(''), logprobs(tokens, info), 'null')}${tokenIdsField(tokens, info)}}]${usageField(usage)}}`,
      finish: (reason, usage) => `${choice('', 'null', `"${reason}"`)}}]${usageField(usage)}}`,
      usage: (usage) => `${open}],"usage":${usage}}`,
    }
  },
  whole: (head, answer, _reasoning, reason, usage) =>
    `{"id":${asciiJson(`cmpl-${head.id}`)},"object":"text_completion","created":${head.created},` +
    `"model":${asciiJson(head.model)},"choices":[{"index":0,"text":${asciiJson(answer)},"logprobs":null,` +
    `"finish_reason":"${reason}"}],"usage":${usageJson(usage)}}`,
}

/** As OpenAI writes them; every token of the simulator is certain. */
function logprobs(tokens: readonly string[], info: TokenInfo): string {
  if (info === 'none' || info === 'token-ids') return 'null'
  const texts = tokens.map((token) => `"${token}"`).join(',')
  return `{"tokens":[${texts}],"token_logprobs":[${tokens.map(() => 0).join(',')}],"top_logprobs":null}`
}
