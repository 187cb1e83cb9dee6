import { InvalidArgumentError } from 'commander'

/** Parses an option that is a whole number of at least `least`; a fault is an error of use. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^-?\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`A whole number of at least ${least} is needed.`)
  }
}

/** Parses an option that is a number above 0; a fault is an error of use. */
export function positiveNumber(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('A number above 0 is needed.')
}
