import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Path of a Chromium or Chrome: METRON_CHROMIUM or one of the usual places; undefined when there is none. */
export function findChromium() {
  return [process.env.METRON_CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path))
}
