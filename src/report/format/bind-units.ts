/** A space between a number and its unit, where a line must not break. */
const BEFORE_UNIT = /(?<=\d) (?=(?:%|ns|µs|ms|s|tok\/s|req\/s)(?:\W|$))/g

/** Puts a no-break space between each number and its unit. For prose of our own; hostile text is shown as it came. */
export function bindUnits(text: string): string {
  return text.replace(BEFORE_UNIT, '\u00a0')
}
