import * as z from 'zod'
import { EXTENSIONS } from '../../src/app/extensions.ts'
import { CONFIG_SCHEMA } from '../../src/app/read-config.ts'
import { listOptions, type OptionInfo } from '../../src/config/list-options.ts'
import { ACCELERATORS } from '../../src/simulator/accelerators.ts'
import { MODEL_ARCHITECTURES } from '../../src/simulator/model-architectures.ts'
import { MODEL_PRESETS } from '../../src/simulator/model-presets.ts'
import { markdownTable } from './markdown-table.ts'

const GROUPS: Readonly<Record<string, string>> = {
  target: 'The server',
  engine: 'The embedded engine',
  simulator: 'How the embedded engine works',
  load: 'When requests are sent',
  workload: 'What they hold',
  score: 'How answers are judged',
  output: 'What is written',
}

const INTRO = `# Configuration

Every option of \`metron bench\`: its place in a config file, its flag, its environment variable and its default. This page
is made from the schema in the code (\`npm run reference\`). [The guide](../guide/configuration.md) shows how to use them.

Later ones win: defaults, config file, environment, flags. Durations carry a unit (\`ns\`, \`us\`, \`ms\`, \`s\`, \`m\`, \`h\`) and may be
joined (\`1m30s\`); rates are \`4/s\`, \`90/min\` or \`10/h\`. In a variable, lists are separated by \`;\` and maps are JSON objects.
`

/** `docs/reference/config.md`, from the option schema and the list of extensions. */
export function configPage(): string {
  const options = listOptions(CONFIG_SCHEMA)
  const groups = Object.entries(GROUPS).map(([group, title]) => {
    const rows = options.filter(({ path }) => path[0] === group).map(optionRow)
    return `## ${title}\n\n${markdownTable(['Option', 'Flag', 'Environment', 'Default', 'Meaning'], rows)}`
  })
  const plain = (list: readonly { readonly kind: string; readonly summary: string }[]): string =>
    markdownTable(
      ['Kind', 'Meaning'],
      list.map(({ kind, summary }) => [`\`${kind}\``, summary]),
    )
  return [
    INTRO,
    ...groups,
    `## Arrival processes\n\nFor \`load.arrivals\`. Rate and users come from \`load.rate\` and \`load.users\` unless they are given here.\n\n${extensionTable(EXTENSIONS.arrivals)}`,
    `## Length distributions\n\nFor \`workload.prompt\` and \`workload.output\`. A bare number is \`fixed\`.\n\n${extensionTable(EXTENSIONS.lengths)}`,
    `## Scheduling policies\n\nFor \`simulator.policy\`. Options in ns also take a duration, such as \`300ms\`.\n\n${extensionTable(EXTENSIONS.simulator.policies)}`,
    `## Memory\n\nFor \`simulator.memory\`.\n\n${extensionTable(EXTENSIONS.simulator.memories)}`,
    `## Prefix caches\n\nFor \`simulator.prefixCache\`.\n\n${extensionTable(EXTENSIONS.simulator.prefixCaches)}`,
    `## Speculative decoding\n\nFor \`simulator.speculation\`.\n\n${extensionTable(EXTENSIONS.simulator.speculations)}`,
    `## Protocols\n\n${plain(EXTENSIONS.protocols)}`,
    `## Engines\n\nShapes of engines to try Metron on; they stand for no product.\n\n${plain(MODEL_PRESETS.map(({ name, summary }) => ({ kind: name, summary })))}`,
    `Models on accelerators: \`sim:<model>@<accelerator>\`, and how many share it. [What is behind them](../explain/simulator.md).\n\n${namedEngines()}`,
  ].join('\n')
}

/** Which models run on how many of which accelerators. */
function namedEngines(): string {
  const rows = MODEL_ARCHITECTURES.map(({ name }) => [
    `\`${name}\``,
    ...ACCELERATORS.map((accelerator) => {
      const start = `sim:${name}@${accelerator.name}`
      const names = EXTENSIONS.engines.filter(
        (each) => each === start || /^x\d$/.test(each.slice(start.length)),
      )
      return names
        .filter((each) => each.startsWith(start))
        .map((each) => each.slice(start.length) || '1')
        .join(', ')
    }),
  ])
  return markdownTable(['Model', ...ACCELERATORS.map(({ name }) => `\`${name}\``)], rows)
}

function optionRow({ path, flag, placeholder, env, defaultValue, type, description }: OptionInfo): string[] {
  const no = type === 'boolean' && defaultValue === true ? 'no-' : ''
  const value = type === 'boolean' ? '' : ` <${placeholder ?? 'value'}>`
  const isArgument = path.join('.') === 'target.url'
  return [
    `\`${path.join('.')}\``,
    flag === undefined ? (isArgument ? 'the argument' : '') : `\`--${no}${flag}${value}\``,
    `\`${env}\``,
    defaultValue === null
      ? '–'
      : `\`${typeof defaultValue === 'string' ? defaultValue : JSON.stringify(defaultValue)}\``,
    description,
  ]
}

interface Extension {
  readonly kind: string
  readonly summary: string
  readonly options: z.ZodType
}

function extensionTable(extensions: readonly Extension[]): string {
  return markdownTable(
    ['Kind', 'Meaning', 'Options'],
    extensions.map(({ kind, summary, options }) => [`\`${kind}\``, summary, describeOptions(options)]),
  )
}

function describeOptions(schema: z.ZodType): string {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' })
  const parts = Object.entries(properties).map(([name, node]) => {
    const { description = '', default: value } = typeof node === 'object' ? node : {}
    return `\`${name}\`: ${description}${value === undefined ? '' : ` (default ${JSON.stringify(value)})`}`
  })
  return parts.length === 0 ? '–' : parts.join('; ')
}
