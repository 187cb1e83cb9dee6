/** A track's size as stored and with square pixels, where only one side is scaled, and rounded. */
export interface TrackSize {
  readonly width: number
  readonly height: number
  readonly squareWidth: number
  readonly squareHeight: number
}

/** Ratios in use: H.264's table E-1, and those of digital television (ITU-R BT.601) as other programs write them. */
// biome-ignore format: read in rows
const usual = [
  12 / 11, 10 / 11, 16 / 11, 40 / 33, 24 / 11, 20 / 11, 32 / 11, 80 / 33, 18 / 11, 15 / 11, 64 / 33, 160 / 99, 4 / 3,
  3 / 2, 2, 16 / 15, 64 / 45, 8 / 9, 32 / 27, 59 / 54, 118 / 81,
]

/**
 * Width over height of a pixel, as exactly as FFmpeg has it, though mediabunny only tells rounded sizes.
 * @param coded what the coded sequence says
 */
export function pixelAspectOf(container: string, size: TrackSize, coded: number | undefined): number {
  const { width, height, squareWidth, squareHeight } = size
  const told = (squareWidth * height) / (squareHeight * width)
  const rounded = told !== 1
  const common = rounded ? usual.find((ratio) => fits(ratio, size)) : undefined
  const exact = container === 'matroska' ? ofDisplayWidth(size, common) : common
  return [coded, exact, told].find(isBelievable) ?? 1
}

/** Beyond any lens ever made a ratio is not believed. */
function isBelievable(ratio: number | undefined): ratio is number {
  return ratio !== undefined && ratio >= 1 / 8 && ratio <= 8
}

/** Matroska has a display width beside the height as stored; where that is less, mediabunny scales the height instead. */
function ofDisplayWidth({ width, height, squareHeight }: TrackSize, common: number | undefined): number | undefined {
  return squareHeight === height ? undefined : Math.round(width * (common ?? height / squareHeight)) / width
}

function fits(ratio: number, { width, height, squareWidth, squareHeight }: TrackSize): boolean {
  return ratio > 1
    ? squareHeight === height && Math.round(width * ratio) === squareWidth
    : squareWidth === width && Math.round(height / ratio) === squareHeight
}
