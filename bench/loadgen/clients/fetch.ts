import { createMonotonicClock } from '../../../src/clock/monotonic-clock.ts'
import { type ClientRun, type ClientSetup, pacingOf, startNsOf } from '../client-run.ts'
import { createWindowMeter } from '../window-meter.ts'

/** Node's `fetch` as a careful hand would use it: a loop over the body's reader, split at blank lines, each event parsed. */
export async function runFetch(setup: ClientSetup): Promise<ClientRun> {
  const meter = createWindowMeter(createMonotonicClock(), setup)
  const body = JSON.stringify({ model: 'paced', stream: true, pacing: pacingOf(setup) })

  async function readStream(isSample: boolean): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${setup.port}/v1/chat/completions`, {
      method: 'POST',
      body,
    })
    const reader = response.body!.getReader()
    const decoder = new TextDecoder()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      meter.read(0)
      const events = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = events.pop()!
      for (const event of events) {
        const data = event.slice('data: '.length)
        if (data === '[DONE]') continue
        const { choices } = JSON.parse(data) as { choices: { delta: { content?: string } }[] }
        const text = choices[0]?.delta.content
        if (text !== undefined) meter.chunk(isSample ? text : null)
      }
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
