#!/usr/bin/env node
// Checks the runtime before anything that an old one cannot load.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`metron needs Node 22.19 or newer; this is Node ${process.versions.node}.`)
  process.exit(3)
}
await import('../dist/cli/main.js')
