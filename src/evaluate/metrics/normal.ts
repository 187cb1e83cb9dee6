/** The 97.5 % quantile of the standard normal distribution. */
export const normalQuantile975 = 1.959963984540054

/** The probability that a standard normal number is farther from 0 than z. */
export function twoSidedProbability(z: number): number {
  return complementaryError(Math.abs(z) / Math.SQRT2)
}

/** erfc(x) = 2/sqrt(pi) * integral of exp(-t^2) from x on, for x >= 0; relative error below 1e-10. */
function complementaryError(x: number): number {
  if (x < 2) {
    // erf(x) = 2/sqrt(pi) exp(-x^2) (x + 2x^3/3 + 4x^5/15 + ...), Abramowitz & Stegun 7.1.6
    let [term, sum] = [x, x]
    for (let odd = 3; term > 1e-17 * sum; odd += 2) {
      term *= (2 * x * x) / odd
      sum += term
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
  }
  // Continued fraction, Abramowitz & Stegun 7.1.14: 1/(x+ (1/2)/(x+ 1/(x+ (3/2)/(x+ ...
  let fraction = x
  for (let k = 80; k > 0; k--) fraction = x + k / 2 / fraction
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction)
}
