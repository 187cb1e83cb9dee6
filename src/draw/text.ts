import type { Image } from '../video/image.ts'
import { capitalHeight, cellHeight, cellWidth, strips } from './font.ts'
import { type Rgb, white } from './image.ts'
import { fillRectangle } from './shapes.ts'

/** The pixels of a letter that are set, and how wide it is. */
interface Glyph {
  readonly width: number
  readonly pixels: readonly (readonly [column: number, row: number])[]
}

const gap = 1
const wordGap = 3

/** Stands for what is not in the font. */
const unknown = '□'

const glyphs = new Map<string, Glyph>(strips.flatMap(({ characters, rows }) => glyphsOf([...characters], rows)))

function glyphsOf(characters: readonly string[], rows: string): [string, Glyph][] {
  const lines = rows.split('\n').slice(1)
  return characters.map((character, cell) => {
    const start = cell * (cellWidth + gap)
    const pixels = lines.flatMap((line, row) =>
      Array.from({ length: cellWidth }, (_, column) => [column, row] as const).filter(
        ([column]) => line[start + column] === '#',
      ),
    )
    return [character, trimmed(character, pixels)]
  })
}

/** Without the empty columns beside it, but for digits, which are to stand below each other. */
function trimmed(character: string, pixels: Glyph['pixels']): Glyph {
  if (character === ' ') return { width: wordGap, pixels }
  if (/\d/.test(character)) return { width: cellWidth, pixels }
  const first = Math.min(...pixels.map(([column]) => column))
  const last = Math.max(...pixels.map(([column]) => column))
  return { width: last - first + 1, pixels: pixels.map(([column, row]) => [column - first, row]) }
}

/** Letters of the font: accents fall away, what remains unknown becomes a box. */
function lettersOf(text: string): Glyph[] {
  const plain = text.normalize('NFD').replace(/\p{Mark}/gu, '')
  return [...plain].map((character) => glyphs.get(character) ?? glyphs.get(unknown)!)
}

/** Size in pixels of a line of text; `height` is that of capitals, and `below` hangs under the line. */
export function measureText(text: string, scale = 1): { width: number; height: number; below: number } {
  const letters = lettersOf(text)
  const width = letters.reduce((sum, letter) => sum + letter.width + gap, 0) - (letters.length > 0 ? gap : 0)
  return { width: width * scale, height: capitalHeight * scale, below: (cellHeight - capitalHeight) * scale }
}

export interface TextOptions {
  readonly colour?: Rgb
  /** Pixels of the picture a pixel of the font, a whole number. At 1 capitals are 7 pixels high. */
  readonly scale?: number
  /** Colour behind the text, and a little around it. */
  readonly background?: Rgb
}

/**
 * Writes one line. ASCII and × · ° ± – − … →; accents are left out, other signs become boxes.
 * @param left of the first letter
 * @param top of capitals
 */
export function drawText(image: Image, text: string, left: number, top: number, options: TextOptions = {}): void {
  const { colour = white, scale = 1, background } = options
  const x = Math.round(left)
  const y = Math.round(top)
  if (background) {
    const { width, height, below } = measureText(text, scale)
    const region = { x: x - 2 * scale, y: y - 2 * scale, width: width + 4 * scale, height: height + below + 2 * scale }
    fillRectangle(image, region, background)
  }
  let at = x
  for (const { width, pixels } of lettersOf(text)) {
    for (const [column, row] of pixels) {
      fillRectangle(image, { x: at + column * scale, y: y + row * scale, width: scale, height: scale }, colour)
    }
    at += (width + gap) * scale
  }
}

/** The text, or as much of its beginning as fits, with an ellipsis. @param width in pixels */
export function fitText(text: string, width: number, scale = 1): string {
  if (measureText(text, scale).width <= width) return text
  const letters = [...text]
  while (letters.length > 0 && measureText(`${letters.join('')}…`, scale).width > width) letters.pop()
  return `${letters.join('')}…`
}
