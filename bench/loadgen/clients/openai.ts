import { createMonotonicClock } from '../../../src/clock/monotonic-clock.ts'
import { type ClientRun, type ClientSetup, pacingOf, startNsOf } from '../client-run.ts'
import { createWindowMeter } from '../window-meter.ts'

/** As much of the SDK as is used here; the package need not be there when types are checked. */
interface Sdk {
  readonly default: new (options: {
    baseURL: string
    apiKey: string
    maxRetries: number
  }) => {
    readonly chat: {
      readonly completions: {
        create(body: object): Promise<AsyncIterable<{ choices: { delta: { content?: string } }[] }>>
      }
    }
  }
}
const PACKAGE: string = 'openai'

/** The `openai` SDK: streamed chat completions, read by `for await`. */
export async function runOpenai(setup: ClientSetup): Promise<ClientRun> {
  const { default: OpenAI } = (await import(PACKAGE)) as Sdk
  const client = new OpenAI({ baseURL: `http://127.0.0.1:${setup.port}/v1`, apiKey: 'none', maxRetries: 0 })
  const meter = createWindowMeter(createMonotonicClock(), setup)

  async function readStream(isSample: boolean): Promise<void> {
    const stream = await client.chat.completions.create({
      model: 'paced',
      messages: [{ role: 'user', content: 'x' }],
      stream: true,
      pacing: pacingOf(setup),
    })
    for await (const event of stream) {
      const text = event.choices[0]?.delta.content
      if (text !== undefined) meter.chunk(isSample ? text : null)
    }
    meter.streamOver()
  }

  await Promise.all(
    Array.from({ length: setup.streams }, async (_, stream) => {
      await meter.until(startNsOf(setup, stream))
      await readStream(stream % setup.sampleEvery === 0)
    }),
  )
  return meter.result()
}
