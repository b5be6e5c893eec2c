import { connect, type OnReadOpts } from 'node:net'
import { createPacedPacket } from '../../../src/calibration/paced-packet.ts'
import { PACED_FIELDS, PACED_TEXT } from '../../../src/calibration/paced-text.ts'
import { PACING_PATTERNS } from '../../../src/calibration/pacing-pattern.ts'
import { createMonotonicClock } from '../../../src/clock/monotonic-clock.ts'
import { type ClientRun, type ClientSetup, pacingOf, startNsOf } from '../client-run.ts'
import { createWindowMeter } from '../window-meter.ts'

const STEADY = PACING_PATTERNS.find(({ kind }) => kind === 'steady')!
const BUFFER = Buffer.allocUnsafeSlow(64 * 1024)
const MARK = '"content":"'

/**
 * The practical limit: as many bare sockets as there are streams. Every read is stamped and its bytes are counted, nothing
 * else: no HTTP, no copy, no parsing.
 */
export function runBare(setup: ClientSetup): Promise<ClientRun> {
  return runSockets(setup, false)
}

/** The same with one buffer for all sockets, past Node's streams: the least that a read costs in this runtime. */
export function runBareDirect(setup: ClientSetup): Promise<ClientRun> {
  return runSockets(setup, true)
}

async function runSockets(setup: ClientSetup, direct: boolean): Promise<ClientRun> {
  const clock = createMonotonicClock()
  const meter = createWindowMeter(clock, setup)
  const body = JSON.stringify({ model: 'paced', stream: true, pacing: pacingOf(setup) })
  const request = `POST /v1/chat/completions HTTP/1.1\r\nhost: paced\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`
  const chunkBytes = createPacedPacket(STEADY).stamp(0, 0, 0, 0).length

  function readStream(isSample: boolean): Promise<void> {
    const onData = (data: Uint8Array): void => {
      const atNs = clock.nowNs()
      meter.read(data.length / chunkBytes)
      if (isSample) for (const sentNs of sentIn(data)) meter.delay(sentNs, atNs)
    }
    const onread: OnReadOpts = {
      buffer: BUFFER,
      callback(bytes) {
        onData(BUFFER.subarray(0, bytes))
        return true
      },
    }
    const options = { port: setup.port, host: '127.0.0.1', noDelay: true }
    const socket = connect(direct ? { ...options, onread } : options)
    socket.write(request)
    if (!direct) socket.on('data', onData)
    return new Promise((resolve, reject) => {
      socket.on('error', reject).on('close', () => {
        meter.streamOver()
        resolve()
      })
    })
  }

  await Promise.all(
    Array.from({ length: setup.streams }, async (_, stream) => {
      await meter.until(startNsOf(setup, stream))
      await readStream(stream % setup.sampleEvery === 0)
    }),
  )
  return meter.result()
}

/** When each event in `bytes` was written. */
function sentIn(bytes: Uint8Array): number[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const found: number[] = []
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + PACED_TEXT.length)) {
    const sentNs = Number(text.substr(at + MARK.length, PACED_FIELDS.sentNs.digits))
    if (sentNs > 0) found.push(sentNs)
  }
  return found
}
