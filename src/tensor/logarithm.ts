const view = new DataView(new ArrayBuffer(8))
const ln2High = 0.6931471803691238 // the leading 33 bits, so that exponent * ln2High is exact
const ln2Low = 1.9082149292705877e-10

/**
 * Natural logarithm of a positive normal number, within about 1 unit in the last place.
 *
 * `Math.log` may differ between engines in the last bit. This one uses only `+ - * /`, which IEEE 754 rounds exactly
 * and JavaScript never fuses, so its result is the same everywhere: ln(m 2^e) = e ln 2 + 2 artanh((m - 1)/(m + 1)).
 */
export function logarithm(value: number): number {
  view.setFloat64(0, value)
  const high = view.getUint32(0)
  let exponent = (high >>> 20) - 1023
  view.setUint32(0, (high & 0x000fffff) | 0x3ff00000)
  let mantissa = view.getFloat64(0)
  if (mantissa > Math.SQRT2) {
    mantissa /= 2
    exponent += 1
  }
  const z = (mantissa - 1) / (mantissa + 1) // |z| < 0.172
  const square = z * z
  // 2 artanh(z) = 2 z (1 + z^2/3 + z^4/5 + ...); the first term left out is below 2^-60.
  let series = 0
  for (let odd = 23; odd >= 3; odd -= 2) series = (series + 1 / odd) * square
  return exponent * ln2High + (2 * z + (2 * z * series + exponent * ln2Low))
}
