import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { answerCompletion } from './completion-handler.ts'
import { RefusedRequest } from './completion-request.ts'
import { MODEL_NAME } from './completion-response.ts'
import { Engine } from './engine.ts'
import { cachedModelPath } from './write-gguf.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    slots: { type: 'string', default: '4' },
    batch: { type: 'string', default: '2048' },
    context: { type: 'string', default: '8192' },
    model: { type: 'string' },
  },
})

const engine = await Engine.start({
  modelPath: values.model ?? cachedModelPath(),
  slots: Number(values.slots),
  batchTokens: Number(values.batch),
  contextTokens: Number(values.context),
})

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  switch (`${request.method} ${path}`) {
    case 'POST /v1/chat/completions':
      return answerCompletion(engine, 'chat', request, response)
    case 'POST /v1/completions':
      return answerCompletion(engine, 'text', request, response)
    case 'GET /v1/models':
      return sendJson(response, 200, {
        object: 'list',
        data: [{ id: MODEL_NAME, object: 'model', owned_by: 'metron', max_model_len: engine.contextTokens }],
      })
    case 'GET /timings':
      return sendJson(response, 200, engine.finished)
    case 'GET /health': {
      const { total, busy, queued } = engine.slots
      return sendJson(response, 200, { status: 'ok', slots: total, busy, queued })
    }
    default:
      throw new RefusedRequest(`there is no ${request.method} ${path}`, 404)
  }
}

const server = createServer((request, response) => {
  route(request, response).catch((error: unknown) => {
    if (response.destroyed) return
    if (response.headersSent) {
      response.destroy()
      return
    }
    const { status, code } = error instanceof RefusedRequest ? error : { status: 500, code: null }
    const message = error instanceof Error ? error.message : String(error)
    const type = status < 500 ? 'invalid_request_error' : 'server_error'
    sendJson(response, status, { error: { message, type, param: null, code } })
  })
})

server.listen(Number(values.port), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  console.log(
    JSON.stringify({ port, url: `http://127.0.0.1:${port}`, model: MODEL_NAME, slots: engine.slots.total }),
  )
})

process.on('SIGTERM', () => process.exit(0))
process.on('SIGINT', () => process.exit(0))
// Started by a test: its end, however it comes, is the end of the server too.
process.on('disconnect', () => process.exit(0))
