import { expect, test } from 'vitest'
import { makeSyntheticRun } from '../../test/synthetic-run.ts'
import { toJsonDocument } from './to-json-document.ts'
import { buildRunView } from './view/build-run-view.ts'

test('the document keeps every number of the view and leaves the pictures out', () => {
  const view = buildRunView(makeSyntheticRun({ requests: 40 }))
  const document = toJsonDocument(view)
  expect(document).toMatchObject({
    schemaVersion: 1,
    felt: view.felt,
    metrics: view.metrics,
    scalars: view.scalars,
  })
  expect(Object.keys(document)).not.toEqual(expect.arrayContaining(['cdfs']))
  expect(JSON.parse(JSON.stringify(document))).toEqual(document)
})
