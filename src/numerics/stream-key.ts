/** 128 bits that name one random stream, as four 32-bit integers; never all zero. */
export type StreamKey = readonly [number, number, number, number]

/** Fraction digits of pi, as every key needs to start somewhere. */
export const ROOT_STREAM_KEY: StreamKey = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]

/**
 * The key of a child: a hash of the parent's key and the label. The labels `1` and `'1'` are different; `-0` is `0`.
 *
 * Each 32-bit word of the label goes into all four lanes, each lane with a multiplier of its own, and every lane then
 * passes the finalizer of MurmurHash3 (Appleby 2011), a bijection in which each input bit changes half of the output.
 * Labels of one word therefore never collide.
 */
export function extendStreamKey(key: StreamKey, label: string | number): StreamKey {
  let [a, b, c, d] = key
  const absorb = (word: number): void => {
    const nextA = mix(Math.imul(a ^ word, 0x9e3779b1) + b)
    const nextB = mix(Math.imul(b ^ word, 0x85ebca77) + c)
    const nextC = mix(Math.imul(c ^ word, 0xc2b2ae3d) + d)
    const nextD = mix(Math.imul(d ^ word, 0x27d4eb2f) + a)
    a = nextA
    b = nextB
    c = nextC
    d = nextD
  }
  if (typeof label === 'number') {
    absorb(1)
    float.setFloat64(0, label + 0)
    absorb(float.getInt32(0))
    absorb(float.getInt32(4))
  } else {
    absorb(2)
    for (let i = 0; i < label.length; i++) absorb(label.charCodeAt(i))
    absorb(label.length)
  }
  return (a | b | c | d) === 0 ? ROOT_STREAM_KEY : [a, b, c, d]
}

const float = new DataView(new ArrayBuffer(8))

function mix(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
