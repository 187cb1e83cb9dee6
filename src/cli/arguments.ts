import { InvalidArgumentError } from 'commander'

/** Parses an option that is a whole number of at least `least`; a fault is an error of use. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^-?\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`A whole number of at least ${least} is needed.`)
  }
}
