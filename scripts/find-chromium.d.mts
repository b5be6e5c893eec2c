/** Path of a Chromium or Chrome: METRON_CHROMIUM or one of the usual places; undefined when there is none. */
export function findChromium(): string | undefined
