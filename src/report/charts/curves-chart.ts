import { line } from 'd3-shape'
import { html, type SafeHtml } from '../html/safe-html.ts'
import type { ReproductionAxis, ReproductionPicture } from '../view/reproduction-view.ts'
import { type AxisScale, createAxisScale } from './axis-scale.ts'
import { renderFigure } from './figure.ts'
import { HALF_PLOT, renderPlot } from './plot.ts'

/** Curves and points over two axes that name their own units. */
export function renderCurvesChart(
  picture: Extract<ReproductionPicture, { kind: 'curves' }>,
  id: string,
): SafeHtml {
  const area = HALF_PLOT
  const x = scaleOf(picture.x, [area.left, area.right])
  const y = scaleOf(picture.y, [area.bottom, area.top])
  const description = `${picture.title}. ${picture.series.map(describe).join('; ')}.`
  const marks = picture.series.map(({ mark, tone, points, name }) =>
    mark === 'dot'
      ? points.map(
          ([px, py]) =>
            html`<circle class="dot ${tone}" cx="${x.at(px)}" cy="${y.at(py)}" r="5"><title>${name}: ${px}, ${py.toPrecision(3)}</title></circle>`,
        )
      : html`<path class="${mark === 'dashed' ? 'line dashed' : 'line'} ${tone}" d="${pathOf(points, x, y)}"><title>${name}</title></path>`,
  )
  return renderFigure({
    id,
    title: picture.title,
    caption: picture.caption,
    legend: picture.series.map(({ tone, mark, name }) => ({ tone, mark, text: name })),
    plot: renderPlot(area, x, y, description, marks),
    notes: [],
  })
}

function scaleOf({ label, scale, from, to }: ReproductionAxis, range: readonly [number, number]): AxisScale {
  return createAxisScale({ kind: scale, from, to, range, label, unit: 'none' })
}

function pathOf(points: readonly (readonly [number, number])[], x: AxisScale, y: AxisScale): string | null {
  return line<readonly [number, number]>(
    ([px]) => x.at(px),
    ([, py]) => y.at(py),
  )([...points])
}

function describe({
  name,
  points,
}: {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
}): string {
  const end = (point: readonly [number, number] | undefined) =>
    point === undefined ? 'nothing' : `${point[1].toPrecision(3)} at ${point[0]}`
  return `${name}: from ${end(points[0])} to ${end(points.at(-1))}`
}
