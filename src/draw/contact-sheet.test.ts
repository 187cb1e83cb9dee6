import { expect, test } from 'vitest'
import type { Image } from '../video/image.ts'
import { contactSheet, type Sheet } from './contact-sheet.ts'
import { blankImage, type Rgb } from './image.ts'
import { clock } from './timeline.ts'

const layout = { columns: 4, pictureSize: 100 }

function sheetOf(rows: readonly { readonly colour: Rgb; readonly pictures: number }[]): Sheet {
  return {
    title: 'a title that is much too long to be written in one line of the page, whatever its size might be',
    subtitle: 'subtitle',
    durationSeconds: 10,
    notes: [],
    rows: rows.map(({ colour, pictures }, i) => ({
      label: `#${i + 1}`,
      colour,
      heading: `Row ${i + 1}`,
      details: 'details',
      spans: [[i, i + 1]],
      pictures: Array.from({ length: pictures }, () => ({ image: blankImage(100, 100, [9, 99, 199]), caption: 'x' })),
    })),
  }
}

const countOf = ({ data }: Image, [red, green, blue]: Rgb) => {
  let count = 0
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) count++
  }
  return count
}

test('every picture is there in full, in as many lines as it takes', () => {
  for (const pictures of [1, 4, 5, 12]) {
    const page = contactSheet(sheetOf([{ colour: [255, 0, 0], pictures }]), layout)
    expect(countOf(page, [9, 99, 199])).toBe(pictures * 98 * 98) // less the frame around each
    expect(page.data.length).toBe(3 * page.width * page.height)
  }
})

test('rows make the page longer, never wider', () => {
  const row = { colour: [255, 0, 0], pictures: 4 } as const
  const [one, two] = [contactSheet(sheetOf([row]), layout), contactSheet(sheetOf([row, row]), layout)]
  expect(two.width).toBe(one.width)
  expect(two.height).toBeGreaterThan(one.height + layout.pictureSize)
})

test('each row has its colour on the timeline, a tenth of its width here', () => {
  const page = contactSheet(
    sheetOf([
      { colour: [255, 0, 0], pictures: 0 },
      { colour: [0, 255, 0], pictures: 0 },
    ]),
    layout,
  )
  for (const colour of [
    [255, 0, 0],
    [0, 255, 0],
  ] as const) {
    const bar = countOf(page, colour) / 14
    expect(bar).toBeGreaterThan(0.09 * page.width)
    expect(bar).toBeLessThan(0.13 * page.width)
  }
})

test('a sheet of nothing has its notes', () => {
  const empty = { title: 't', subtitle: 's', durationSeconds: 0, rows: [], notes: [] }
  const [page, noted] = [contactSheet(empty, layout), contactSheet({ ...empty, notes: ['no faces'] }, layout)]
  expect(noted.height).toBeGreaterThan(page.height)
  expect(noted.height).toBeLessThan(300)
})

test.each([
  [0, 0, '0:00'],
  [59.96, 1, '1:00.0'],
  [5.25, 1, '0:05.3'],
  [61, 0, '1:01'],
  [3599.6, 0, '1:00:00'],
  [36_610.5, 1, '10:10:10.5'],
] as const)('%f seconds with %i digits: %s', (seconds, digits, text) => expect(clock(seconds, digits)).toBe(text))
