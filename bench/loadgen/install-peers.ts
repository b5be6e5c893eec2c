import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = import.meta.dirname

/** Installs the clients that Metron is compared with beside this file, once; returns whether they are there. */
export function installPeers(): boolean {
  if (
    existsSync(join(FOLDER, 'node_modules', 'openai')) &&
    existsSync(join(FOLDER, 'node_modules', 'autocannon'))
  )
    return true
  console.log('Installing the clients to compare with (openai, autocannon) in bench/loadgen, once ...')
  const { status } = spawnSync(
    'npm',
    ['install', '--no-package-lock', '--no-audit', '--no-fund', '--silent'],
    {
      cwd: FOLDER,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  )
  if (status === 0) return true
  console.log('That failed (is the registry reachable?): going on without them.')
  return false
}
