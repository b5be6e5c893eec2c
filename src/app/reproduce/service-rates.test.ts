import { expect, test } from 'vitest'
import { serviceRates } from './service-rates.ts'

test('mean above fluid above tail, at a reduced size and under another seed', () => {
  const { comparisons, pictures } = serviceRates({ seed: 9, scale: 0.2 })
  const value = (name: string) => comparisons.find((each) => each.name === name)!.here!
  for (const service of ['stalling', 'middling', 'steady']) {
    const fluid = value(`${service}, by fluidity`)
    expect(value(`${service}, by mean TPOT`)).toBeGreaterThan(fluid)
    expect(fluid).toBeGreaterThan(value(`${service}, by P99 TBT`))
    // The curve was computed in another way than the rate: it must cross 0.9 where the rate says.
    const curves = pictures.find(({ kind }) => kind === 'curves')!
    if (curves.kind !== 'curves') throw new Error('no curves')
    const { points } = curves.series.find(({ name }) => name === service)!
    for (const [ms, fluidity] of points) {
      if (ms > (1000 / fluid) * 1.05) expect(fluidity).toBeGreaterThanOrEqual(0.895)
      if (ms < (1000 / fluid) * 0.95) expect(fluidity).toBeLessThanOrEqual(0.905)
    }
  }
})
