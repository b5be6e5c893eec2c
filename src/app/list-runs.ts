export { type ListedRun, listRuns } from '../storage/list-runs.ts'
