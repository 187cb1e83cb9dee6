/** "1 clip", "5 clips". */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** A probability in words: two places. */
export function decimal(probability: number): string {
  return probability.toFixed(2)
}

/** "48 %". */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
