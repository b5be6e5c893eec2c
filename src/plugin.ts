/**
 * What an extension is made of: plain objects, checked by the compiler and by the contracts of `metron/testing`.
 *
 * @module
 */
export type { Protocol, ProtocolTarget, StreamEvent } from './clients/protocol.ts'
export type { EngineRequest, WireRequest } from './engine/request.ts'
export type { RandomStream } from './numerics/random-stream.ts'
export type { Channel } from './records/request-record.ts'
export type { Tokenizer } from './tokens/tokenizer.ts'
export type { ArrivalProcess } from './workload/arrivals/arrival-process.ts'
export type { GapDistribution } from './workload/arrivals/gap-distribution.ts'
export type { LengthDistribution, RequestLengths } from './workload/lengths/length-distribution.ts'
