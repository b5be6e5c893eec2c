import { MetronError } from '../errors/metron-error.ts'
import type { RandomStream } from '../numerics/random-stream.ts'
import type { RequestLengths } from './lengths/length-distribution.ts'
import { parseOptions } from './parse-options.ts'
import type { LengthSource, LengthSpec } from './plan-spec.ts'

/**
 * The lengths of request `id`, the same whatever ids were asked before. Independent lengths are drawn in the order of
 * ids and kept, so the first call for a large id draws all before it.
 *
 * The returned function throws RangeError for an id that is not an integer from 0, and MetronError `bad-config` when a
 * distribution gives something other than an integer from 1.
 *
 * @throws MetronError `bad-config` for bad options and for a trace without rows
 */
export function createLengthSequence(
  source: LengthSource,
  random: RandomStream,
): (id: number) => RequestLengths {
  const at = source.kind === 'trace' ? rowsInTurn(source.rows) : independent(source, random)
  return (id) => {
    if (!Number.isSafeInteger(id) || id < 0)
      throw new RangeError(`a request id is an integer from 0, not ${id}`)
    return at(id)
  }
}

function rowsInTurn(rows: readonly RequestLengths[]): (id: number) => RequestLengths {
  if (rows.length === 0) throw new MetronError('bad-config', 'the trace of lengths has no rows')
  return (id) => rows[id % rows.length]!
}

function independent(
  source: Extract<LengthSource, { kind: 'independent' }>,
  random: RandomStream,
): (id: number) => RequestLengths {
  const promptTokens = drawInOrder('prompt length', source.prompt, random.split('prompt-lengths'))
  const outputTokens = drawInOrder('output length', source.output, random.split('output-lengths'))
  return (id) => ({ promptTokens: promptTokens(id), outputTokens: outputTokens(id) })
}

function drawInOrder(place: string, spec: LengthSpec, random: RandomStream): (id: number) => number {
  const { distribution } = spec
  const sample = distribution.sampler(parseOptions(place, distribution, spec.options), random)
  const drawn: number[] = []
  return (id) => {
    while (drawn.length <= id) {
      const tokens = sample()
      if (!Number.isSafeInteger(tokens) || tokens < 1) {
        throw new MetronError('bad-config', `${place}: ${distribution.kind} gave ${tokens}`, {
          hint: 'a length distribution must give integers of at least 1',
        })
      }
      drawn.push(tokens)
    }
    return drawn[id]!
  }
}
