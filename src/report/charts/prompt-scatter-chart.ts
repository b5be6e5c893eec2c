import { line } from 'd3-shape'
import { formatCount } from '../format/format-count.ts'
import { formatDuration } from '../format/format-duration.ts'
import { html, type SafeHtml } from '../html/safe-html.ts'
import type { PromptScatterView } from '../view/chart-view.ts'
import { createAxisScale } from './axis-scale.ts'
import { renderFigure } from './figure.ts'
import { HALF_PLOT, renderPlot } from './plot.ts'

/** TTFT of each request against the length of its prompt, beside the deadline of the first token. */
export function renderPromptScatterChart(scatter: PromptScatterView): SafeHtml {
  const common = {
    id: 'ttft-prompt',
    title: 'TTFT against prompt length',
    caption:
      'A rising floor is prefill work; points far above the floor waited in a queue or behind somebody else’s prefill.',
  }
  if (scatter.count === 0) {
    return renderFigure({
      ...common,
      legend: [],
      notes: [],
      plot: html`<p class="empty">No first token.</p>`,
    })
  }
  return renderFigure({
    ...common,
    legend: [
      { tone: 'c1', mark: 'dot', text: 'a request' },
      { tone: 'bad', mark: 'cross', text: 'first token too late' },
      { tone: 'muted', mark: 'dashed', text: 'deadline' },
    ],
    plot: renderPoints(scatter),
    notes: [scatter.sampling],
  })
}

function renderPoints(scatter: PromptScatterView): SafeHtml {
  const area = HALF_PLOT
  const longest = scatter.promptTokens.reduce((most, tokens) => Math.max(most, tokens), 0)
  const slowest = scatter.ttftNs.reduce((most, ns) => Math.max(most, ns), 0)
  const x = createAxisScale({
    kind: 'linear',
    from: 0,
    to: longest * 1.02,
    range: [area.left, area.right],
    label: 'Prompt',
    unit: 'tokens',
  })
  const y = createAxisScale({
    kind: 'linear',
    from: 0,
    to: slowest * 1.05,
    range: [area.bottom, area.top],
    label: 'TTFT',
    unit: 'ns',
  })
  const { promptTokens, ns } = scatter.deadline
  const visible = [...promptTokens.keys()].filter((i) => ns[i]! <= slowest * 1.05)
  const deadline = line<number>(
    (i) => x.at(promptTokens[i]!),
    (i) => y.at(ns[i]!),
  )(visible)
  const points = scatter.ttftNs.map((ttft, i) => {
    const tokens = scatter.promptTokens[i]!
    const [cx, cy] = [x.at(tokens), y.at(ttft)]
    const title = html`<title>request ${scatter.id[i]}: ${formatCount(tokens)} prompt tokens, TTFT ${formatDuration(ttft)}</title>`
    return ttft > deadlineAt(scatter, tokens)
      ? html`<path class="line bad" d="M${cx - 3} ${cy - 3}l6 6m0-6l-6 6">${title}</path>`
      : html`<circle class="point c1" cx="${cx}" cy="${cy}" r="3">${title}</circle>`
  })
  const description = `TTFT of ${formatCount(scatter.count)} requests against prompts of up to ${formatCount(longest)} tokens; the slowest took ${formatDuration(slowest)}.`
  return renderPlot(area, x, y, description, [
    visible.length > 1 && html`<path class="line dashed muted" d="${deadline}"/>`,
    points,
  ])
}

/** Linear between the sampled deadlines. */
function deadlineAt({ deadline }: PromptScatterView, tokens: number): number {
  const after = deadline.promptTokens.findIndex((value) => value >= tokens)
  if (after === -1) return deadline.ns.at(-1) ?? Number.POSITIVE_INFINITY
  if (after === 0) return deadline.ns[0]!
  const [x0, x1] = [deadline.promptTokens[after - 1]!, deadline.promptTokens[after]!]
  const [y0, y1] = [deadline.ns[after - 1]!, deadline.ns[after]!]
  return y0 + ((y1 - y0) * (tokens - x0)) / (x1 - x0)
}
