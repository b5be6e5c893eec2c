/** A number of the paper beside the one found here, in `unit`. `null`: there is none. */
export interface Comparison {
  readonly name: string
  readonly unit: string
  readonly here: number | null
  readonly paper: number | null
}

/** One curve, or points of the paper. `tone`: a class of the style sheet. Points in the units of the axes. */
export interface ReproductionSeries {
  readonly name: string
  readonly tone: 'c1' | 'c2' | 'c3' | 'c4' | 'muted'
  readonly mark: 'line' | 'dashed' | 'dot'
  readonly points: readonly (readonly [number, number])[]
}

export interface ReproductionAxis {
  /** With its unit, as shown. */
  readonly label: string
  readonly scale: 'linear' | 'log'
  readonly from: number
  readonly to: number
}

/** A picture: curves over two axes, or each number beside the paper's on one log axis. */
export type ReproductionPicture =
  | {
      readonly kind: 'curves'
      readonly title: string
      readonly caption: string
      readonly x: ReproductionAxis
      readonly y: ReproductionAxis
      readonly series: readonly ReproductionSeries[]
    }
  | {
      readonly kind: 'pairs'
      readonly title: string
      readonly caption: string
      readonly axis: string
      readonly comparisons: readonly Comparison[]
    }

/** `agree`, `partly` or `disagree` by the experiment's own rule, which was stated before it ran. */
export type Agreement = 'agree' | 'partly' | 'disagree'

/** One claim of the paper, tried. Plain data: the same seed gives the same JSON. */
export interface Experiment {
  /** `a` to `e`. */
  readonly id: string
  /** What the paper claims. */
  readonly claim: string
  /** What was simulated, and under which assumptions. */
  readonly setting: string
  readonly comparisons: readonly Comparison[]
  /** When it counts as agreement. */
  readonly rule: string
  readonly agreement: Agreement
  /** What came out, in a sentence or two. */
  readonly finding: string
  readonly pictures: readonly ReproductionPicture[]
}

/** Everything that `metron reproduce` shows. */
export interface Reproduction {
  readonly paper: string
  readonly seed: number
  readonly experiments: readonly Experiment[]
  /** Ids of experiments that were asked for and not begun, because the command was stopped. */
  readonly left: readonly string[]
}
