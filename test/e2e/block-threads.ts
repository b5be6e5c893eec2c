import { isMainThread } from 'node:worker_threads'

const BLOCKED_MS = 300
const FREE_MS = 10

/**
 * Preloaded with `--import`, it starves every thread but the main one: a busy loop holds the event loop most of the time.
 * The thread may still end.
 */
if (!isMainThread) {
  setInterval(() => {
    const end = performance.now() + BLOCKED_MS
    while (performance.now() < end);
  }, FREE_MS).unref()
}
