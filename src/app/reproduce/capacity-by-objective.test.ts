import { expect, test } from 'vitest'
import { capacityByObjective } from './capacity-by-objective.ts'

const experiment = capacityByObjective({ seed: 3, scale: 0.1 })
const value = (name: string) => experiment.comparisons.find((each) => each.name === name)!.here!

test('by the tail of TBT a schedule that stalls has less than half of its capacity by fluidity', () => {
  expect(value('ShareGPT: vLLM-like, by TBT') * 2).toBeLessThan(value('ShareGPT: vLLM-like, by fluidity'))
})

test('a step of 512 tokens lifts the capacity by the tail several times', () => {
  expect(value('ShareGPT: Sarathi-like, 512, by TBT')).toBeGreaterThan(
    3 * value('ShareGPT: Sarathi-like, by TBT'),
  )
})

test('no capacity is beyond what the prompts alone cost at the peak of an H100', () => {
  // Mean of a lognormal with the medians and p90 of the data; 2 FLOPs a parameter and token. A hundred requests in a
  // burst may be through before a queue is felt, hence half as much again.
  const meanTokens = { ShareGPT: 1730 * Math.exp(0.93 ** 2 / 2), arXiv: 7059 * Math.exp(0.476 ** 2 / 2) }
  for (const { name, here } of experiment.comparisons) {
    const tokens = name.startsWith('ShareGPT') ? meanTokens.ShareGPT : meanTokens.arXiv
    expect(here).toBeLessThan((1.5 * 989.4e12) / (2 * 8.03e9 * tokens))
    expect(here).toBeGreaterThan(0.05)
  }
})

test('the orders that differ are named', () => {
  const same = Number(/^(\d+) of (\d+)/.exec(experiment.finding)![1])
  const all = Number(/^(\d+) of (\d+)/.exec(experiment.finding)![2])
  expect(all).toBe(11)
  expect(experiment.finding.split("Not the paper's order").length - 1).toBe(all - same)
  expect(experiment.agreement).toBe(same === all ? 'agree' : same >= all / 2 ? 'partly' : 'disagree')
})
