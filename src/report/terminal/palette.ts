import picocolors from 'picocolors'
import type { Tone } from '../view/tone.ts'

/** Colours of a terminal; every function returns its text unchanged when colour is off. */
export interface Palette {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly accent: (text: string) => string
  readonly tone: (tone: Tone, text: string) => string
}

/** Makes the palette. Whether the terminal takes colour is for the caller to know. */
export function createPalette(color: boolean): Palette {
  const colors = picocolors.createColors(color)
  const tones = { good: colors.green, bad: colors.red, warn: colors.yellow, none: colors.dim }
  return {
    bold: (text) => colors.bold(text),
    dim: (text) => colors.dim(text),
    accent: (text) => colors.cyan(text),
    tone: (tone, text) => tones[tone](text),
  }
}
