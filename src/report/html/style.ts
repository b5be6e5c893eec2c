import { html } from './safe-html.ts'

/** The style sheet of the report: one rhythm of 8 px, system fonts, light and dark, print. */
export const STYLE = html`<style>
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --ink: #16181c; --muted: #5b626b; --hair: #e2e3e1; --grid: #ececea; --shade: #8a919a;
  --c1: #0072b2; --c2: #b87a00; --c3: #a5478a; --c4: #007a5a; --bad: #c24e00; --good: #007a5a; --warn: #8a5c00;
  --focus: #0072b2; --code: #f3f3f1;
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Inter", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1114; --card: #171a1e; --ink: #e9ebee; --muted: #9ba3ad; --hair: #2a2e34; --grid: #23272c; --shade: #7d8590;
    --c1: #56b4e9; --c2: #f0b23a; --c3: #e39ac4; --c4: #3cc9a0; --bad: #ff8f52; --good: #3cc9a0; --warn: #f0b23a;
    --focus: #56b4e9; --code: #1f2328;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/24px var(--sans); overflow-wrap: break-word; }
main, .masthead, footer { max-width: 1152px; margin: 0 auto; padding: 0 32px; }
h1, h2, h3, p, ul, dl, figure { margin: 0; }
ul { padding: 0; list-style: none; }
a { color: inherit; text-decoration-color: var(--hair); text-underline-offset: 3px; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; top: 8px; padding: 8px 16px; background: var(--card); }
.skip:focus { left: 8px; }
.num, td, .fact dd { font-variant-numeric: tabular-nums; }

.masthead { padding-top: 40px; padding-bottom: 24px; }
.brand { font-size: 13px; line-height: 16px; letter-spacing: .08em; text-transform: uppercase; color: var(--muted); }
h1 { margin-top: 8px; font-size: 24px; line-height: 32px; font-weight: 600; letter-spacing: -.01em; }
.subtitle { color: var(--muted); margin-top: 4px; }
.toc { margin-top: 16px; font-size: 14px; }
.toc ul { display: flex; flex-wrap: wrap; gap: 8px 24px; }
.toc a { color: var(--muted); text-decoration: none; padding: 4px 0; }
.toc a:hover { color: var(--ink); text-decoration: underline; }

section { margin-top: 56px; }
section:first-of-type { margin-top: 0; }
section > h2 { font-size: 20px; line-height: 32px; font-weight: 600; letter-spacing: -.01em; margin-bottom: 16px; }
section > h2 + .lead { margin: -8px 0 16px; }
.lead { color: var(--muted); max-width: 72ch; }
.card { background: var(--card); border: 1px solid var(--hair); border-radius: 12px; padding: 24px; min-width: 0; }

.top { display: grid; grid-template: "verdict health" 1fr / minmax(0, 5fr) minmax(0, 3fr); gap: 16px; }
.top:has(.warnings) { grid-template: "verdict health" 1fr "warnings health" auto / minmax(0, 5fr) minmax(0, 3fr); }
.top .verdict { grid-area: verdict; } .top .health { grid-area: health; } .top .warnings { grid-area: warnings; }
.verdict { padding: 32px; display: flex; flex-direction: column; gap: 24px; }
.verdict h2 { display: flex; align-items: center; gap: 16px; font-size: clamp(28px, 4vw, 44px); line-height: 1.15; font-weight: 650; letter-spacing: -.025em; }
.verdict p { font-size: 18px; line-height: 28px; max-width: 56ch; text-wrap: pretty; }
.sign { flex: none; width: .95em; height: .95em; }
.sign circle { fill: currentColor; }
.sign path { fill: none; stroke: var(--card); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.tone-good { color: var(--good); } .tone-bad { color: var(--bad); } .tone-warn { color: var(--warn); } .tone-none { color: var(--muted); }
.verdict .due { font-size: 14px; line-height: 20px; color: var(--muted); margin-top: -8px; }
.meter { margin-top: auto; }
.meter svg { display: block; width: 100%; height: 28px; overflow: visible; }
.meter .track { fill: var(--grid); } .meter .value { fill: currentColor; } .meter .mark { stroke: var(--ink); stroke-width: 2; vector-effect: non-scaling-stroke; }
.meter p { font-size: 14px; line-height: 20px; color: var(--muted); max-width: none; }
.verdict h2 .sign { margin-left: -2px; }
.health h2 { font-size: 16px; line-height: 24px; font-weight: 600; display: flex; gap: 8px; align-items: center; }
.health > p { color: var(--muted); font-size: 14px; line-height: 20px; margin-top: 8px; }
.health ul { margin-top: 8px; font-size: 14px; line-height: 20px; }
.health li + li { margin-top: 8px; }
.facts { margin-top: 16px; font-size: 14px; line-height: 20px; }
.fact { display: flex; justify-content: space-between; gap: 16px; padding: 8px 0; border-top: 1px solid var(--hair); }
.fact dt { color: var(--muted); flex: none; max-width: 60%; } .fact dd { margin: 0; text-align: right; min-width: 0; }
h1, .subtitle, .verdict p, .health li, .fact dd, .warnings li, td.text { overflow-wrap: anywhere; }
.fact dt abbr, th abbr { text-decoration: underline dotted var(--shade); text-underline-offset: 3px; cursor: help; }

.warnings { padding: 16px 24px; }
.warnings h2 { font-size: 14px; line-height: 24px; font-weight: 600; color: var(--warn); }
.warnings li { font-size: 14px; line-height: 20px; padding: 8px 0 8px 20px; position: relative; text-wrap: pretty; }
.warnings li::before { content: ""; position: absolute; left: 2px; top: 14px; width: 8px; height: 8px; border-radius: 50%; border: 2px solid var(--warn); }
.warnings li + li { border-top: 1px solid var(--hair); }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 1px; background: var(--hair); border: 1px solid var(--hair); border-radius: 12px; overflow: hidden; }
.tile { background: var(--card); padding: 20px; display: flex; flex-direction: column; }
.tile dt { font-size: 14px; line-height: 20px; color: var(--muted); }
.tile dd { margin: 4px 0 0; font-size: 26px; line-height: 32px; font-weight: 600; letter-spacing: -.02em; white-space: nowrap; font-variant-numeric: tabular-nums; }
.tile dd.aside { font-size: 14px; line-height: 20px; font-weight: 400; letter-spacing: 0; color: var(--muted); white-space: normal; }

.scroll { overflow-x: auto; }
.table { padding: 8px 0; } .table + .table { margin-top: 16px; }
.narrow { max-width: 640px; }
table { border-collapse: collapse; width: 100%; font-size: 15px; line-height: 24px; }
caption { text-align: left; padding: 8px 24px; caption-side: top; color: var(--muted); font-size: 14px; line-height: 20px; }
th, td { padding: 8px 12px; text-align: right; white-space: nowrap; border-top: 1px solid var(--hair); }
th:first-child, td:first-child { text-align: left; padding-left: 24px; }
th:last-child, td:last-child { padding-right: 24px; }
th:first-child { position: sticky; left: 0; background: var(--card); }
thead th { border-top: 0; font-size: 13px; line-height: 20px; font-weight: 500; color: var(--muted); }
tbody th { font-weight: 500; }
tbody tr:hover > * { background: color-mix(in srgb, var(--c1) 5%, transparent); }
th.text, td.text { text-align: left; white-space: normal; min-width: 16ch; }
td.quiet { color: var(--muted); }
.pill .sign { vertical-align: -2px; margin-right: 2px; } .spaced { margin-top: 16px; } .beside { grid-row: span 5; align-self: start; }
.pill { display: inline-block; font-size: 13px; line-height: 20px; font-weight: 600; padding: 0 8px; border-radius: 10px; border: 1px solid currentColor; }

details { margin-top: 16px; }
summary { cursor: pointer; font-size: 14px; line-height: 24px; color: var(--muted); width: fit-content; }
summary:hover { color: var(--ink); }
.definitions { display: grid; gap: 16px; padding: 16px 0 0; font-size: 14px; line-height: 20px; }
.definitions dt { font-weight: 600; } .definitions dd { margin: 0; color: var(--muted); max-width: 88ch; }
.definitions div:target { outline: 2px solid var(--focus); outline-offset: 8px; border-radius: 4px; }

.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
.chart { display: grid; grid-row: span 5; grid-template-rows: subgrid; grid-template-columns: minmax(0, 1fr); row-gap: 8px; padding: 24px 24px 16px; }
.chart.wide { grid-column: 1 / -1; grid-row: auto; grid-template-rows: none; }
.chart h3 { font-size: 16px; line-height: 24px; font-weight: 600; }
figcaption { font-size: 14px; line-height: 20px; color: var(--muted); text-wrap: pretty; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; line-height: 20px; font-variant-numeric: tabular-nums; }
.legend li { display: flex; align-items: center; gap: 6px; }
.key { width: 24px; height: 12px; flex: none; } .key.small { width: 12px; }
.note { font-size: 13px; line-height: 20px; color: var(--muted); }
.empty { padding: 48px 0; text-align: center; color: var(--muted); }
.plot { display: block; width: 100%; height: auto; padding-top: 8px; font-family: var(--sans); font-size: 12px; font-variant-numeric: tabular-nums; overflow: visible; }
.wide .plot { min-width: 720px; }
.plot text { fill: var(--muted); }
.grid line { stroke: var(--grid); } .axis line { stroke: var(--shade); }
.c1 { --tone: var(--c1); } .c2 { --tone: var(--c2); } .c3 { --tone: var(--c3); } .c4 { --tone: var(--c4); }
.bad { --tone: var(--bad); } .muted { --tone: var(--shade); }
.line { fill: none; stroke: var(--tone, var(--shade)); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.line.thin { stroke-width: 1; } .line.hair { stroke-width: 1; stroke: var(--shade); stroke-dasharray: 1 3; }
.dashed { stroke-width: 1.5; stroke-dasharray: 5 4; }
.stall { stroke: var(--tone); stroke-width: 5; }
.fill { fill: var(--tone); opacity: .12; } .shade { fill: var(--shade); opacity: .14; }
.dot { fill: var(--tone); stroke: var(--card); stroke-width: 2; } .point { fill: var(--tone); fill-opacity: .55; }

pre { margin: 0; padding: 16px; background: var(--code); border-radius: 8px; font: 13px/20px var(--mono); overflow: auto; max-height: 480px; tab-size: 2; }
pre.command { white-space: pre-wrap; overflow-wrap: anywhere; }
code { font-family: var(--mono); font-size: .92em; } th code { white-space: nowrap; }
.stack > * + * { margin-top: 16px; }
.stack h3 { font-size: 14px; line-height: 24px; font-weight: 600; margin-bottom: 8px; }
.prose { max-width: 72ch; } .prose p + p { margin-top: 8px; }
.server { font-family: var(--mono); font-size: 13px; color: var(--muted); overflow-wrap: anywhere; }
footer { padding-top: 48px; padding-bottom: 48px; color: var(--muted); font-size: 13px; line-height: 20px; }

@media screen and (max-width: 900px) { .top { grid-template: "verdict" auto "health" auto / minmax(0, 1fr); } .top:has(.warnings) { grid-template: "verdict" auto "health" auto "warnings" auto / minmax(0, 1fr); } .charts { grid-template-columns: minmax(0, 1fr); } .chart, .beside { grid-row: auto; grid-template-rows: none; } }
@media screen and (max-width: 560px) {
  main, .masthead, footer { padding-left: 16px; padding-right: 16px; }
  .masthead { padding-top: 24px; } .verdict { padding: 24px; } .card { border-radius: 8px; }
  .chart { padding: 16px 16px 8px; } .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); } .tile { padding: 16px; }
  .tile dd { font-size: 22px; line-height: 28px; } .plot { font-size: 16px; } .wide .plot { font-size: 14px; }
  section { margin-top: 40px; } caption { padding: 8px 16px; } caption span { position: sticky; left: 16px; display: inline-block; max-width: calc(100vw - 64px); }
  table { font-size: 14px; line-height: 20px; } th, td { padding: 8px; } th:first-child, td:first-child { padding-left: 16px; }
  tbody th { white-space: normal; min-width: 13ch; max-width: 16ch; } .text { min-width: 22ch; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@page { margin: 14mm; }
@media print {
  :root { --page: #fff; --card: #fff; --ink: #000; --muted: #444; --hair: #ccc; --grid: #e6e6e6; --shade: #777; --code: #f4f4f4;
    --c1: #0072b2; --c2: #b87a00; --c3: #a5478a; --c4: #007a5a; --bad: #c24e00; --good: #007a5a; --warn: #8a5c00; }
  body { font-size: 12px; line-height: 18px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .toc, .skip { display: none; } section { margin-top: 32px; } main, .masthead, footer { padding-left: 0; padding-right: 0; }
  .tiles { grid-template-columns: repeat(3, 1fr); } .tile { padding: 8px 16px; } .card { padding: 16px; } .table { padding: 8px 0; } table { font-size: 11px; line-height: 16px; } th, td { padding: 4px 8px; }
  .verdict h2 { font-size: 32px; } .verdict p { font-size: 14px; line-height: 20px; } .facts, .definitions, figcaption, .note, .lead { font-size: 11px; line-height: 16px; } .definitions { gap: 8px; } .fact { padding: 4px 0; }
  .card, .tiles, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .scroll, pre { overflow: visible; max-height: none; white-space: pre-wrap; }
  .wide .plot { min-width: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
</style>`
