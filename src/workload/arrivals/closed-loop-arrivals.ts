import * as z from 'zod'
import type { ArrivalProcess } from './arrival-process.ts'

const closedLoopOptions = z.strictObject({
  users: z.int().positive().describe('Number of users, each with one request under way at a time'),
})

/**
 * A fixed number of users, each sending its next request when the previous one has ended. The server sets the pace: a
 * slow server is sent less, so its latencies look better than under the same load from independent users.
 */
export const closedLoopArrivals: ArrivalProcess<z.infer<typeof closedLoopOptions>> = {
  kind: 'closed-loop',
  summary: 'a fixed number of users, each sending its next request when the previous one has ended',
  options: closedLoopOptions,
  users: ({ users }) => users,
}
