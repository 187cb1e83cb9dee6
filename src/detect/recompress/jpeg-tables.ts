/** How coarsely JPEG keeps each of the 64 frequencies of a block, row after row, for luma and chroma. */
export interface JpegTables {
  readonly luma: readonly number[]
  readonly chroma: readonly number[]
}

/** ITU-T T.81, tables K.1 and K.2: what is called quality 50. */
// biome-ignore format: as in the standard
const standard: JpegTables = {
  luma: [
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
  ],
  chroma: [
    17, 18, 24, 47, 99, 99, 99, 99,
    18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99,
  ],
}

/** The tables of a quality of 1 to 100, as libjpeg scales them. */
export function jpegTables(quality: number): JpegTables {
  const percent = quality < 50 ? 5000 / quality : 200 - 2 * quality
  const scaled = (table: readonly number[]) =>
    table.map((value) => Math.min(Math.max(Math.floor((value * percent + 50) / 100), 1), 255))
  return { luma: scaled(standard.luma), chroma: scaled(standard.chroma) }
}
