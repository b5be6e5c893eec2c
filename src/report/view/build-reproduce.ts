import type { ImportNote, Manifest } from '../../records/manifest.ts'
import { formatBytes } from '../format/format-bytes.ts'
import { formatCount } from '../format/format-count.ts'
import type { ReproduceView } from './run-view.ts'

/** The command, the config and everything else that has to be equal for an equal run. */
export function buildReproduce(manifest: Manifest, configText: string | undefined): ReproduceView {
  const { imported } = manifest
  return {
    command: manifest.command,
    config: configText ?? JSON.stringify(manifest.config, null, 2),
    facts: imported === undefined ? ownFacts(manifest) : importFacts(manifest, imported),
  }
}

function ownFacts({ machine, versions, target, ...manifest }: Manifest): ReproduceView['facts'] {
  return [
    { label: 'Metron', value: versions.metron },
    { label: 'Node.js', value: versions.node },
    {
      label: 'Machine',
      value: `${machine.cpu}, ${formatCount(machine.cores)} cores, ${formatBytes(machine.memoryBytes)}`,
    },
    { label: 'System', value: machine.os },
    { label: 'Tokenizer', value: manifest.tokenizer },
    {
      label: 'Accepted by the server',
      value: target.accepts.length === 0 ? 'no optional field' : target.accepts.join(', '),
    },
    { label: 'Seed', value: String(manifest.seed) },
    { label: 'Plan digest', value: manifest.planDigest },
  ]
}

/** Of a run that another tool measured nobody knows the machine. */
function importFacts(
  { planDigest, versions }: Manifest,
  { format, file }: ImportNote,
): ReproduceView['facts'] {
  return [
    { label: 'Measured by', value: `another tool (format ${format})` },
    { label: 'File', value: file },
    { label: 'SHA-256 of the file', value: planDigest },
    { label: 'Imported by Metron', value: versions.metron },
  ]
}
