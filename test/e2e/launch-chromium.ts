import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/find-chromium.mjs'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/**
 * A headless Chromium: the one that `METRON_CHROMIUM` names, or one in the usual places.
 *
 * @throws Error that says how to get one, when there is none
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) {
    throw new Error(
      'no Chromium found: install the package `chromium`, or name the program in METRON_CHROMIUM',
    )
  }
  return chromium.launch({ executablePath, args: ARGS })
}
