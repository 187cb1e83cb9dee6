import { element, label } from './markup.ts'

/** A name beside a sample of what it stands for. */
export interface LegendEntry {
  readonly name: string
  readonly class: string
}

const rowHeight = 18
const sampleWidth = 24

/** Rows of names, from the upper edge on; `height` is what they take. */
export function drawLegend(entries: readonly LegendEntry[], left: number, right: number) {
  let [x, row] = [left, 0]
  const drawn = entries.map((entry) => {
    const width = sampleWidth + 14 + 7.2 * entry.name.length // a little more than system fonts need
    if (x > left && x + width > right) [x, row] = [left, row + 1]
    const y = row * rowHeight + 10
    const sample = element('line', { class: entry.class, x1: x, x2: x + sampleWidth, y1: y, y2: y })
    const name = label(entry.name, x + sampleWidth + 5, y + 4)
    x += width
    return sample + name
  })
  return { markup: drawn.join(''), height: entries.length === 0 ? 0 : (row + 1) * rowHeight + 4 }
}
