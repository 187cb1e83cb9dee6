import { element, escapeMarkup } from '../plot/markup.ts'

/** One cell: text, or markup of a kind. */
export interface Cell {
  readonly markup: string
  readonly class?: string
}

export const text = (words: string): Cell => ({ markup: escapeMarkup(words) })
export const path = (words: string): Cell => ({ markup: escapeMarkup(words), class: 'path' })
export const number = (words: string | number): Cell => ({ markup: escapeMarkup(`${words}`), class: 'number' })

/** A table. The first cell of each row names it; a column is headed as its cells are set. */
export function tableOf(caption: string, headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const heads = headings.map((heading, column) => {
    const numbers = rows[0]?.[column]?.class === 'number'
    return element('th', { scope: 'col', class: numbers ? 'number' : undefined }, escapeMarkup(heading))
  })
  const body = rows.map((cells) => {
    const written = cells.map(({ markup, class: kind }, column) =>
      column === 0 ? element('th', { scope: 'row', class: kind }, markup) : element('td', { class: kind }, markup),
    )
    return element('tr', {}, written.join(''))
  })
  const content = [
    element('caption', {}, escapeMarkup(caption)),
    element('thead', {}, element('tr', {}, heads.join(''))),
    element('tbody', {}, body.join('\n')),
  ]
  const table = element('table', {}, content.join('\n'))
  // Wide tables scroll by themselves; for that they must be within reach of the keyboard.
  return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, table)
}

/** A number and its percent sign stay on one line. */
export const paragraph = (words: string, kind?: string): string =>
  element('p', { class: kind }, escapeMarkup(words.replaceAll(' %', '\u00a0%')))

export const section = (title: string, content: readonly string[]): string =>
  element('section', {}, [element('h2', {}, escapeMarkup(title)), ...content].join('\n'))

/** Terms, each with the markup that says what it is. */
export function definitions(entries: readonly (readonly [term: string, markup: string])[]): string {
  const written = entries.map(([term, markup]) => element('dt', {}, escapeMarkup(term)) + element('dd', {}, markup))
  return element('dl', {}, written.join('\n'))
}
