/** A share of 1 in percent. */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`
}
