/** How many, with the word for it. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

/** A probability; the ends are left open, as nothing is certain. */
export function percentText(probability: number): string {
  if (probability > 0.99) return '> 99 %'
  return probability < 0.01 ? '< 1 %' : `${Math.round(100 * probability)} %`
}

/** The beginning of a text that is longer. @param most characters */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)} ...`
}
