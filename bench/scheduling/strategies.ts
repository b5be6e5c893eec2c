import { adaptivePoll } from './strategies/adaptive-poll.ts'
import { blockedThread } from './strategies/blocked-thread.ts'
import { kept } from './strategies/kept.ts'
import { timer } from './strategies/timer.ts'
import { timerThenPoll } from './strategies/timer-then-poll.ts'
import type { Strategy } from './strategy.ts'

export const STRATEGIES: Readonly<Record<string, () => Strategy>> = {
  timer,
  'timer, polls the last 1.5 ms': () => timerThenPoll(1_500_000),
  'timer, polls the last 0.5 ms': () => timerThenPoll(500_000, true),
  'timer, polls the last 0.2 ms': () => timerThenPoll(200_000, true),
  'timer, polls as its errors ask, 20 % at most': () => adaptivePoll(0.2),
  'thread, message': () => blockedThread('message'),
  'thread, waitAsync': () => blockedThread('wait-async'),
  'thread, message, polls the last 0.1 ms': () => blockedThread('message', 100_000),
  'thread, waitAsync, polls the last 0.1 ms': () => blockedThread('wait-async', 100_000),
  'kept: thread, message, timer beside it': kept,
}
