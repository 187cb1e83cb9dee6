/** A track's size as stored and with square pixels, where only one side is scaled, and rounded. */
export interface TrackSize {
  readonly width: number
  readonly height: number
  readonly squareWidth: number
  readonly squareHeight: number
}

/** Ratios in use: H.264's table E-1, and those of digital television (ITU-R BT.601) as other programs write them. */
// biome-ignore format: pairs are read in rows
const usual = [
  [12, 11], [10, 11], [16, 11], [40, 33], [24, 11], [20, 11], [32, 11], [80, 33], [18, 11], [15, 11], [64, 33],
  [160, 99], [4, 3], [3, 2], [2, 1], [16, 15], [64, 45], [8, 9], [32, 27], [59, 54], [118, 81],
] as const

/**
 * Width over height of a pixel, as exactly as FFmpeg has it, though mediabunny only tells rounded sizes.
 * @param coded what the coded sequence says
 */
export function pixelAspectOf(container: string, size: TrackSize, coded: number | undefined): number {
  const { width, height, squareWidth, squareHeight } = size
  const across = squareWidth * height
  const down = squareHeight * width
  if (container === 'matroska') return believable(reduced(across, down, 255)) ?? 1
  if (container === 'mpegts' || across === down) return believable(coded) ?? 1
  const known = [coded, ...usual.map(([x, y]) => x / y)].find((ratio) => ratio !== undefined && fits(ratio, size))
  return believable(known ?? across / down) ?? 1
}

/** Beyond any lens ever made a ratio is not believed. */
function believable(ratio: number | undefined): number | undefined {
  return ratio !== undefined && ratio >= 1 / 8 && ratio <= 8 ? ratio : undefined
}

function fits(ratio: number, { width, height, squareWidth, squareHeight }: TrackSize): boolean {
  return ratio > 1
    ? squareHeight === height && Math.round(width * ratio) === squareWidth
    : squareWidth === width && Math.round(height / ratio) === squareHeight
}

/** The quotient by the nearest fraction of numbers up to `most`, as FFmpeg keeps it (`av_reduce`). */
function reduced(numerator: number, denominator: number, most: number): number {
  let [n, d] = [numerator, denominator]
  let [beforeN, beforeD, lastN, lastD] = [0, 1, 1, 0]
  while (d > 0) {
    let times = Math.floor(n / d)
    const [nextN, nextD] = [times * lastN + beforeN, times * lastD + beforeD]
    if (nextN > most || nextD > most) {
      if (lastN > 0) times = Math.floor((most - beforeN) / lastN)
      if (lastD > 0) times = Math.min(times, Math.floor((most - beforeD) / lastD))
      if (d * (2 * times * lastD + beforeD) > n * lastD) {
        return (times * lastN + beforeN) / (times * lastD + beforeD)
      }
      break
    }
    ;[beforeN, beforeD, lastN, lastD] = [lastN, lastD, nextN, nextD]
    ;[n, d] = [d, n - d * times]
  }
  return lastN / lastD
}
