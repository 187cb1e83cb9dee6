import type { Image } from '../video/image.ts'
import { blankImage, paste, type Rgb, white } from './image.ts'
import { drawRectangle, fillRectangle } from './shapes.ts'
import { drawText, fitText, measureText } from './text.ts'
import { drawTimeline, type Lane, timelineHeight } from './timeline.ts'

/** One thing on the sheet, e.g. a face through time. */
export interface SheetRow extends Lane {
  /** Large, beside the label. */
  readonly heading: string
  /** Small, after the heading. */
  readonly details: string
  /** All of `SheetOptions.pictureSize`, in the order in which they are laid out. */
  readonly pictures: readonly { readonly image: Image; readonly caption: string }[]
}

export interface Sheet {
  readonly title: string
  readonly subtitle: string
  readonly durationSeconds: number
  readonly rows: readonly SheetRow[]
  /** Said below all rows, or in their place. */
  readonly notes: readonly string[]
}

export interface SheetLayout {
  /** Pictures side by side; further ones go into further lines. */
  readonly columns: number
  /** Width and height of a picture. */
  readonly pictureSize: number
}

const background: Rgb = [24, 26, 30]
const words: Rgb = [170, 175, 185]
const margin = 24
const gap = 8
const titleScale = 3
const textScale = 2
const captionHeight = 24
const headingHeight = 30
const rowGap = 22
const noteHeight = 24
const minimumWidth = 960

/** Lays pictures out on one page, under a title and a timeline of when each row is there. */
export function contactSheet(sheet: Sheet, layout: SheetLayout): Image {
  const { columns, pictureSize } = layout
  const width = Math.max(columns * (pictureSize + gap) - gap, minimumWidth) + 2 * margin
  const linesOf = (row: SheetRow) => Math.max(Math.ceil(row.pictures.length / columns), 1)
  const rowHeight = (row: SheetRow) =>
    headingHeight + linesOf(row) * (pictureSize + captionHeight) + (linesOf(row) - 1) * gap + rowGap
  const hasTimeline = sheet.rows.length > 0 && sheet.durationSeconds > 0
  const top = margin + 62 + (hasTimeline ? timelineHeight(sheet.rows.length) + rowGap : 0)
  const height = top + sheet.rows.reduce((sum, row) => sum + rowHeight(row), 0) + sheet.notes.length * noteHeight
  const page = blankImage(width, height + margin - rowGap / 2, background)
  const inner = width - 2 * margin
  drawText(page, fitText(sheet.title, inner, titleScale), margin, margin, { scale: titleScale })
  drawText(page, fitText(sheet.subtitle, inner, textScale), margin, margin + 32, { scale: textScale, colour: words })
  if (hasTimeline) drawTimeline(page, { x: margin, y: margin + 62, width: inner }, sheet.rows, sheet.durationSeconds)
  let y = top
  for (const row of sheet.rows) {
    drawRow(page, row, y, layout)
    y += rowHeight(row)
  }
  for (const note of sheet.notes) {
    drawText(page, fitText(note, inner, textScale), margin, y, { scale: textScale })
    y += noteHeight
  }
  return page
}

function drawRow(page: Image, row: SheetRow, top: number, { columns, pictureSize }: SheetLayout): void {
  fillRectangle(page, { x: margin, y: top, width: 6, height: 18 }, row.colour)
  drawText(page, row.heading, margin + 14, top + 2, { scale: textScale, colour: white })
  const after = margin + 14 + measureText(row.heading, textScale).width + 18
  const details = fitText(row.details, page.width - margin - after, textScale)
  drawText(page, details, after, top + 2, { scale: textScale, colour: words })
  for (const [i, { image, caption }] of row.pictures.entries()) {
    const x = margin + (i % columns) * (pictureSize + gap)
    const y = top + headingHeight + Math.floor(i / columns) * (pictureSize + captionHeight + gap)
    paste(page, image, x, y)
    drawRectangle(page, { x, y, width: pictureSize, height: pictureSize }, row.colour)
    drawText(page, fitText(caption, pictureSize, textScale), x, y + pictureSize + 5, {
      scale: textScale,
      colour: words,
    })
  }
}
