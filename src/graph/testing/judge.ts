import type { Measurement } from './measure.ts'
import { toleranceOf } from './stencil.ts'

/**
 * What is wrong with a gradient, in words; undefined when it is right. `gradient` stands in for the measured one where
 * the checker itself is put to the test.
 */
export function fault(measurement: Measurement, gradient = measurement.gradient): string | undefined {
  const { subject, input, alone, direction, expected } = measurement
  const what = `${subject.name}, input ${input}`
  if (gradient.length !== direction.length) return `${what}: ${gradient.length} elements for ${direction.length}`
  if (!gradient.every(Number.isFinite)) return `${what}: not finite`
  if (subject.method === 'cut' || subject.method === 'flat') {
    const at = gradient.findIndex((value) => value !== 0)
    if (at >= 0) return `${what}: ${gradient[at]} at ${at} instead of zero`
  }
  const distance = deviation(measurement, gradient)
  if (!(distance <= toleranceOf(subject.method, subject.dtype))) {
    const found = gradient.reduce((sum, value, at) => sum + value * direction[at]!, 0)
    return `${what}: ${found} along the direction, by differences ${expected} (relative ${distance.toExponential(1)})`
  }
  const together = measurement.gradient
  const other = together.findIndex((value, at) => !(Math.abs(value - alone[at]!) <= 1e-6 * Math.abs(value)))
  if (other >= 0) return `${what}: ${alone[other]} at ${other} when asked for alone, ${together[other]} together`
  return undefined
}

/** Distance of the gradient from the measured derivative, relative to the terms that they are made of. */
export function deviation(measurement: Measurement, gradient = measurement.gradient): number {
  const terms = gradient.map((value, at) => value * measurement.direction[at]!)
  const found = terms.reduce((sum, term) => sum + term, 0)
  const scale = measurement.scale + terms.reduce((sum, term) => sum + Math.abs(term), 0)
  const distance = Math.abs(found - measurement.expected)
  return distance === 0 ? 0 : distance / scale
}
