import { chatFormat, logprobs, usageField } from './chat-format.ts'
import { tokenIdsField } from './token-ids-field.ts'
import { asciiJson, usageJson, type WireFormat } from './wire-format.ts'

const NAME = 'search'
/** The arguments are one JSON object whose only value grows with the answer; as text inside JSON text. */
const OPEN = '{\\"query\\":\\"'
const CLOSE = '\\"}'

/** Chat completions whose answer is a call of a tool, streamed as OpenAI does: its name in the first event, then its arguments. */
export const toolCallFormat: WireFormat = {
  ...chatFormat,
  hasReasoning: false,
  events(head) {
    const chat = chatFormat.events(head)
    const delta =
      `{"id":${asciiJson(`chatcmpl-${head.id}`)},"object":"chat.completion.chunk",` +
      `"created":${head.created},"model":${asciiJson(head.model)},"choices":[{"index":0,"delta":`
    let isFirst = true
    return {
      ...chat,
      tokens({ tokens, isLast, info, usage }) {
        const named = isFirst
          ? `"id":${asciiJson(`call-${head.id}`)},"type":"function","function":{"name":"${NAME}","arguments":"${OPEN}`
          : `"function":{"arguments":"`
        isFirst = false
        const call = `{"tool_calls":[{"index":0,${named}${tokens.join('')}${isLast ? CLOSE : ''}"}}]}`
        const choice = `"logprobs":${logprobs(tokens, info)},"finish_reason":null${tokenIdsField(tokens, info)}`
        return `${delta}${call},${choice}}]${usageField(usage)}}`
      },
      finish: (_reason, usage) =>
        `${delta}{},"logprobs":null,"finish_reason":"tool_calls"}]${usageField(usage)}}`,
    }
  },
  whole(head, answer, _reasoning, _reason, usage) {
    const call = {
      id: `call-${head.id}`,
      type: 'function',
      function: { name: NAME, arguments: JSON.stringify({ query: answer }) },
    }
    return (
      `{"id":${asciiJson(`chatcmpl-${head.id}`)},"object":"chat.completion","created":${head.created},` +
      `"model":${asciiJson(head.model)},"choices":[{"index":0,"message":{"role":"assistant","content":null,` +
      `"tool_calls":[${asciiJson(call)}]},"logprobs":null,"finish_reason":"tool_calls"}],"usage":${usageJson(usage)}}`
    )
  },
}
