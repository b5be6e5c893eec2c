import type { EngineInput } from '../../simulator/engine-options.ts'

/** The two schedules that the paper compares, as the simulator has them. Answers take memory as they grow. */
export const SCHEDULERS = {
  vllm: { policy: { kind: 'prefill-first' }, memory: { kind: 'preempt' } },
  sarathi: { policy: { kind: 'chunked-prefill', budgetTokens: 2048 }, memory: { kind: 'preempt' } },
  /** The smaller of the two budgets of Sarathi-Serve (arXiv 2403.02310). */
  sarathi512: { policy: { kind: 'chunked-prefill', budgetTokens: 512 }, memory: { kind: 'preempt' } },
} as const satisfies Record<string, EngineInput>
