import { posix, win32 } from 'node:path'

/**
 * Where the calibration of this machine is kept: `METRON_CALIBRATION_FILE`, else `metron/calibration.json` in the user's
 * folder for caches (`XDG_CACHE_HOME` or `~/.cache`; macOS `~/Library/Caches`; Windows `%LOCALAPPDATA%`).
 */
export function calibrationPath(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  const { METRON_CALIBRATION_FILE: file, XDG_CACHE_HOME: cache, LOCALAPPDATA: local } = env
  if (file) return file
  if (platform === 'win32')
    return win32.join(local || win32.join(home, 'AppData', 'Local'), 'metron', 'calibration.json')
  // The XDG specification asks to ignore a relative path.
  const folder = cache?.startsWith('/')
    ? cache
    : posix.join(home, platform === 'darwin' ? 'Library/Caches' : '.cache')
  return posix.join(folder, 'metron', 'calibration.json')
}
