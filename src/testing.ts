/**
 * For tests of extensions and of programs that use Metron: contracts that every extension of a sort must keep, and the
 * embedded engine as a server that knows the truth about every token.
 *
 * @module
 */
export { type EmbeddedEngine, startEmbeddedEngine } from './app/embedded-engine.ts'
export type { GroundTruth } from './simulator/ground-truth.ts'
export { type ArrivalContractCase, arrivalContract } from './workload/arrivals/arrival-contract.ts'
export type { ContractCheck } from './workload/contract-check.ts'
export { type LengthContractCase, lengthContract } from './workload/lengths/length-contract.ts'
