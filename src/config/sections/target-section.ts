import * as z from 'zod'
import type { ConfigExtensions } from '../config-extensions.ts'
import { optional } from '../optional.ts'
import { durationNs } from '../units.ts'

/** The server under test and how to talk to it. */
export const targetSection = (extensions: ConfigExtensions) =>
  z.strictObject({
    url: optional(z.string().min(1)).meta({
      description: 'Base URL of the server, such as http://host:8000/v1; the embedded engine when absent',
    }),
    protocol: z
      .enum(extensions.protocols.map(({ kind }) => kind))
      .prefault('openai-chat')
      .meta({ flag: 'protocol', placeholder: 'kind', description: 'Wire protocol' }),
    model: optional(z.string().min(1)).meta({
      flag: 'model',
      placeholder: 'name',
      description: 'Model to ask for; the first that /v1/models names when absent',
    }),
    apiKeyEnv: z.string().min(1).prefault('OPENAI_API_KEY').meta({
      flag: 'api-key-env',
      placeholder: 'name',
      description: 'Environment variable that holds the API key; the key itself is never written anywhere',
    }),
    headers: z.record(z.string(), z.string()).prefault({}).meta({
      flag: 'header',
      placeholder: 'name: value',
      description: 'Extra request header, may be repeated; values are never written anywhere',
    }),
    extraBody: z.record(z.string(), z.unknown()).prefault({}).meta({
      flag: 'extra-body',
      placeholder: 'json',
      description: 'Fields merged into every request body, as a JSON object',
    }),
    ca: optional(z.string().min(1)).meta({
      flag: 'ca',
      placeholder: 'file',
      description: 'PEM file with the certificate authority to trust',
    }),
    insecure: z.boolean().prefault(false).meta({
      flag: 'insecure',
      description: 'Accept any TLS certificate',
    }),
    connectTimeout: durationNs().prefault('10s').meta({
      flag: 'connect-timeout',
      placeholder: 'duration',
      description: 'Longest time to connect',
    }),
    headersTimeout: durationNs().prefault('5m').meta({
      flag: 'headers-timeout',
      placeholder: 'duration',
      description: 'Longest time from sending a request to its response headers',
    }),
    streamTimeout: durationNs().prefault('2m').meta({
      flag: 'stream-timeout',
      placeholder: 'duration',
      description: 'Longest silence inside a response',
    }),
    requestTimeout: optional(durationNs()).meta({
      flag: 'request-timeout',
      placeholder: 'duration',
      description: 'Longest time for a whole request; no limit when absent',
    }),
  })
