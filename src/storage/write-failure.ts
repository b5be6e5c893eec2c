import { MetronError } from '../errors/metron-error.ts'

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space or choose another runs folder.',
  EDQUOT: 'Your disk quota is used up: free some space or choose another runs folder.',
  EACCES: 'You may not write there: choose another runs folder or change its permissions.',
  EPERM: 'You may not write there: choose another runs folder or change its permissions.',
  EROFS: 'That file system is read-only: choose another runs folder.',
  ENOTDIR: 'Part of the path is a file, not a folder: choose another runs folder.',
  EISDIR: 'There is a folder of that name: choose another runs folder.',
  ENOENT: 'A folder of the path is missing: make it first or choose another runs folder.',
  EEXIST: 'There is a file of that name already: choose another name.',
  EMFILE: 'Too many files are open: raise the limit (ulimit -n) or lower the concurrency.',
  EIO: 'The disk reported an error: choose another runs folder.',
}

/**
 * The error to throw when writing `path` failed: `cannot-write`, naming the file, the system's reason and what to do.
 * A `MetronError` is returned as it is, so that wrapping twice does no harm.
 */
export function writeFailure(path: string, cause: unknown): MetronError {
  if (cause instanceof MetronError) return cause
  const { code, message } = cause as Partial<NodeJS.ErrnoException>
  return new MetronError('cannot-write', `cannot write ${path}: ${code ?? message ?? String(cause)}`, {
    hint: WHAT_TO_DO[code ?? ''] ?? 'Choose another runs folder.',
    cause,
  })
}
