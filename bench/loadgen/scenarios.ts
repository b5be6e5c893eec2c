import type { Scenario } from './scenario.ts'
import { COMPARE_CLIENTS } from './scenarios/clients.ts'
import { OPEN_STREAMS } from './scenarios/open-streams.ts'
import { PLAIN_REQUESTS } from './scenarios/requests.ts'
import { STAGES } from './scenarios/stages.ts'
import { WORKERS } from './scenarios/workers.ts'

/** All scenarios, in the order in which they run; the only list. */
export const SCENARIOS: readonly Scenario[] = [COMPARE_CLIENTS, STAGES, WORKERS, OPEN_STREAMS, PLAIN_REQUESTS]
