import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomStream } from './random-stream.ts'
import { extendStreamKey, ROOT_STREAM_KEY, type StreamKey } from './stream-key.ts'

/**
 * Makes the root of a tree of random streams.
 *
 * Every stream is a xoroshiro128+ generator whose 128-bit state is a hash of the seed and of the labels on the path to
 * it, so children are independent of each other and of the order in which they are made and read.
 *
 * @param seed any number; different numbers give unrelated streams (`0` and `-0` are one seed)
 */
export function createRandomStream(seed: number): RandomStream {
  return streamOfKey(extendStreamKey(ROOT_STREAM_KEY, seed))
}

function streamOfKey(key: StreamKey): RandomStream {
  const generator = xoroshiro128plusFromState(key)
  return {
    uniform: () => uniformFloat64(generator),
    split: (label) => streamOfKey(extendStreamKey(key, label)),
  }
}
