import { readCompletionRequest } from './completion-request.ts'
import { asciiJson, usageJson, type WireFormat } from './wire-format.ts'

/** OpenAI's older text completions. No role event, no reasoning. */
export const completionsFormat: WireFormat = {
  path: '/completions',
  hasReasoning: false,
  readRequest: readCompletionRequest,
  events(head) {
    const open =
      `{"id":${asciiJson(`cmpl-${head.id}`)},"object":"text_completion",` +
      `"created":${head.created},"model":${asciiJson(head.model)},"choices":[`
    const choice = (text: string, reason: string) =>
      `${open}{"index":0,"text":"${text}","logprobs":null,"finish_reason":${reason}}]`
    const usageField = (usage: string | null | undefined) => (usage === undefined ? '' : `,"usage":${usage}`)
    return {
      role: null,
      token: (text, _reasoning, usage) => `${choice(text, 'null')}${usageField(usage)}}`,
      finish: (reason, usage) => `${choice('', `"${reason}"`)}${usageField(usage)}}`,
      usage: (usage) => `${open}],"usage":${usage}}`,
    }
  },
  whole: (head, answer, _reasoning, reason, usage) =>
    `{"id":${asciiJson(`cmpl-${head.id}`)},"object":"text_completion","created":${head.created},` +
    `"model":${asciiJson(head.model)},"choices":[{"index":0,"text":${asciiJson(answer)},"logprobs":null,` +
    `"finish_reason":"${reason}"}],"usage":${usageJson(usage)}}`,
}
