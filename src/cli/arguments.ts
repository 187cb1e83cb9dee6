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

/** An option that may be given several times: all of its values. */
export function collected(value: string, before: readonly string[]): string[] {
  return [...before, value]
}

/** Parses an option that is a number from `least` to `most`; a fault is an error of use. */
export function numberBetween(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() !== '' && value >= least && value <= most) return value
    throw new InvalidArgumentError(`A number from ${least} to ${most} is needed.`)
  }
}
