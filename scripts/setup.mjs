// Installs what the project needs, only when it is not there yet. Plain JavaScript for whatever Node starts it.
//   node scripts/setup.mjs          what running needs
//   node scripts/setup.mjs --tests  also what the tests need: a browser, readers of Parquet, a real engine
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findChromium } from './find-chromium.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const forTests = process.argv.includes('--tests')

checkNode()
install('.', 'package-lock.json', ['ci'])
if (forTests) {
  // No lock file: it would have to name builds for platforms that a registry may not serve. Versions are exact.
  install('test/interop', 'package.json', ['install', '--no-package-lock'])
  install('test/real-engine', 'package-lock.json', ['ci', '--ignore-scripts', '--omit=optional'])
  installChromium()
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 20) return
  console.error(`Setting up needs Node 20 or newer; this is Node ${process.versions.node}.`)
  process.exit(1)
}

/** Runs npm in a folder unless that was done for this very state of `file`, which says what to install. */
function install(folder, file, args) {
  const path = `${root}${folder}/${file}`
  const stamp = `${root}${folder}/node_modules/.metron-setup`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(path)) return
  console.log(`Installing the packages of ${folder === '.' ? 'metron' : folder} (once) ...`)
  run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: `${root}${folder}` })
  writeFileSync(stamp, fingerprint(path))
}

function fingerprint(path) {
  return `${createHash('sha256').update(readFileSync(path)).digest('hex')} ${process.platform}-${process.arch}`
}

function installChromium() {
  if (findChromium() !== undefined) return
  if (spawnSync('apt-get', ['--version']).status !== 0 || process.getuid?.() !== 0) {
    console.error(
      'The browser tests need Chromium or Chrome. Install it (Debian: apt-get install chromium) or set METRON_CHROMIUM to its path.',
    )
    process.exit(1)
  }
  console.log('Installing chromium (once) ...')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], { env })
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env })
}

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options })
  if (status === 0) return
  console.error(`${command} ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}`)
  process.exit(1)
}
