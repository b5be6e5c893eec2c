const SHORT: Readonly<Record<string, string>> = {
  ttft: 'TTFT',
  ttfat: 'TTFAT',
  tbt: 'TBT',
  tpot: 'TPOT',
  e2e: 'E2E latency',
}

/** The word of the field for a metric, for axes and narrow tables; `label` when there is none. */
export function shortLabel(id: string, label: string): string {
  return SHORT[id] ?? label
}
