import { readChatRequest } from './completion-request.ts'
import { tokenIdsField } from './token-ids-field.ts'
import { asciiJson, type TokenInfo, usageJson, type WireFormat } from './wire-format.ts'

/** OpenAI chat completions. Reasoning goes out as `reasoning_content`, as vLLM, SGLang and DeepSeek send it. */
export const chatFormat: WireFormat = {
  path: '/chat/completions',
  hasReasoning: true,
  readRequest: readChatRequest,
  events(head) {
    const open =
      `{"id":${asciiJson(`chatcmpl-${head.id}`)},"object":"chat.completion.chunk",` +
      `"created":${head.created},"model":${asciiJson(head.model)},`
    const delta = `${open}"choices":[{"index":0,"delta":`
    const answer = `${delta}{"content":"`
    const reasoning = `${delta}{"reasoning_content":"`
    const unfinished = `,"logprobs":null,"finish_reason":null}]`
    return {
      role: `${delta}{"role":"assistant","content":""}${unfinished}}`,
      tokens({ tokens, reasoning: isReasoning, info, usage }) {
        const head = `${isReasoning ? reasoning : answer}${tokens.join('')}"}`
        if (info === 'none') return `${head}${unfinished}${usageField(usage)}}`
        const choice = `"logprobs":${logprobs(tokens, info)},"finish_reason":null${tokenIdsField(tokens, info)}`
        return `${head},${choice}}]${usageField(usage)}}`
      },
      finish: (reason, usage) =>
        `${delta}{},"logprobs":null,"finish_reason":"${reason}"}]${usageField(usage)}}`,
      usage: (usage) => `${open}"choices":[],"usage":${usage}}`,
    }
  },
  whole(head, answer, reasoning, reason, usage) {
    const thoughts = reasoning === '' ? '' : `,"reasoning_content":${asciiJson(reasoning)}`
    return (
      `{"id":${asciiJson(`chatcmpl-${head.id}`)},"object":"chat.completion","created":${head.created},` +
      `"model":${asciiJson(head.model)},"choices":[{"index":0,"message":{"role":"assistant",` +
      `"content":${asciiJson(answer)}${thoughts}},"logprobs":null,"finish_reason":"${reason}"}],` +
      `"usage":${usageJson(usage)}}`
    )
  },
}

/** As OpenAI writes them; every token of the simulator is certain. */
export function logprobs(tokens: readonly string[], info: TokenInfo): string {
  if (info === 'token-ids') return 'null'
  const one = (token: string) => `{"token":"${token}","logprob":0,"bytes":null,"top_logprobs":[]}`
  return `{"content":[${tokens.map(one).join(',')}],"refusal":null}`
}

export function usageField(usage: string | null | undefined): string {
  return usage === undefined ? '' : `,"usage":${usage}`
}
