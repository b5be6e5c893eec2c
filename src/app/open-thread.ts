import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'

/** Starts a module of this room as a thread, from source (`.ts`) as well as from the built package (`.js`). */
export function openThread(module: string, workerData: unknown): Worker {
  const url = new URL(`./${module}${extname(import.meta.url)}`, import.meta.url)
  return new Worker(url, { workerData })
}
