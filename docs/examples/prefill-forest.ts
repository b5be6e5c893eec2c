/**
 * The prefill predictor of the paper's code, a random forest of ten trees on one request a length, beside a quadratic fit of the same
 * points. The truth is a smooth quadratic through the paper's prefill times of Yi-34B. Run: node docs/examples/prefill-forest.ts
 */
import { createRandomStream } from '../../src/numerics/create-random-stream.ts'
import { fitQuadratic, quadraticAt } from '../../src/numerics/fit-quadratic.ts'

/** Prompt tokens and seconds, read off the paper's figure; relative errors count alike. */
const PAPER = { tokens: [8192, 16_384, 32_768, 65_536], seconds: [0.57, 1.3, 4, 10.3] }
const TRUTH = fitQuadratic(
  PAPER.tokens,
  PAPER.seconds,
  PAPER.seconds.map((s) => s ** -2),
)!
const truth = (tokens: number) => quadraticAt(TRUTH, tokens)

const LENGTHS = [256, 512, 1024, 2048, 4096, 8192, 16_384]
const times = LENGTHS.map(truth)

/**
 * A tree grown to single points on a bootstrap sample: constant between thresholds, which lie midway between two lengths or
 * midway between their squares, since both are features and split equally well.
 */
function growTree(uniform: () => number): (tokens: number) => number {
  const drawn = [...new Set(LENGTHS.map(() => Math.floor(uniform() * LENGTHS.length)))].sort((a, b) => a - b)
  const thresholds = drawn.slice(1).map((at, i) => {
    const [low, high] = [LENGTHS[drawn[i]!]!, LENGTHS[at]!]
    return uniform() < 0.5 ? (low + high) / 2 : Math.sqrt((low ** 2 + high ** 2) / 2)
  })
  return (tokens) => times[drawn[thresholds.filter((threshold) => tokens > threshold).length]!]!
}

function errorsOf(predict: (tokens: number) => number, lengths: readonly number[]): number[] {
  return lengths.map((tokens) => Math.abs(predict(tokens) / truth(tokens) - 1))
}

const inside = Array.from({ length: 200 }, (_, i) => 256 * 64 ** (i / 199))
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const random = createRandomStream(1)
const forests = Array.from({ length: 100 }, (_, seed) => {
  const { uniform } = random.split(seed)
  const trees = Array.from({ length: 10 }, () => growTree(uniform))
  return (tokens: number) => mean(trees.map((tree) => tree(tokens)))
})
const fit = fitQuadratic(
  LENGTHS,
  times,
  times.map((s) => s ** -2),
)!
const percent = (fraction: number) => `${(100 * fraction).toFixed(1)} %`
const row = (name: string, predictors: readonly ((tokens: number) => number)[]) => {
  const errors = predictors.map((predict) => errorsOf(predict, inside))
  const beyond = predictors.map((predict) => errorsOf(predict, [32_768])[0]!)
  console.log(
    `| ${name} | ${percent(mean(errors.map(mean)))} | ${percent(mean(errors.map((each) => Math.max(...each))))} | ${percent(mean(beyond))} |`,
  )
}

console.log('| predictor | mean error, 256 to 16,384 tokens | largest | at 32,768 tokens |')
console.log('| --- | --- | --- | --- |')
row('random forest, mean of 100', forests)
row('monotone quadratic', [(tokens) => quadraticAt(fit, tokens)])
