import { expect, test } from 'vitest'
import { resolveLayers } from './read-config.ts'
import { commandLine, shownValues } from './rerun-command.ts'

const resolved = resolveLayers([
  {
    values: {
      target: {
        url: 'http://user:pass@host/v1',
        headers: { authorization: 'Bearer sk-secret' },
        extraBody: { top_k: 4 },
      },
      load: { rate: '8/s', arrivals: { kind: 'gamma', cv: 2 } },
      score: { slo: ['fluidity>=0.9@99%', 'errors<=1%'] },
      output: { keepText: false },
    },
    origin: () => 'test',
  },
])

test('the command line repeats what was set, with the seed that was drawn and without secrets', () => {
  expect(commandLine(resolved, 'http://host/v1', 42)).toBe(
    [
      'metron bench http://host/v1',
      "--header 'authorization: (hidden)'",
      `--extra-body '{"top_k":4}'`,
      '--arrivals gamma:cv=2',
      '--rate 8/s',
      "--slo 'fluidity>=0.9@99%' --slo 'errors<=1%'",
      '--no-keep-text',
      '--seed 42',
    ].join(' '),
  )
})

test('the stored config holds every option and no secret', () => {
  const shown = shownValues(resolved, 'http://host/v1')
  expect(shown).toMatchObject({
    target: { url: 'http://host/v1', headers: { authorization: '(hidden)' }, protocol: 'openai-chat' },
    load: { rate: '8/s', drain: '60s' },
  })
  expect(JSON.stringify(shown)).not.toMatch(/sk-secret|pass@/)
})

test('a stored config can be resolved again', () => {
  const shown = shownValues(resolved, 'http://host/v1')
  const again = resolveLayers([{ values: shown, origin: () => 'manifest.json' }])
  expect(again.config.load).toEqual(resolved.config.load)
  expect(again.config.score).toEqual(resolved.config.score)
})
