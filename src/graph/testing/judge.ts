import { total } from './array.ts'
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
  const terms = gradient.map((value, at) => value * direction[at]!)
  const distance = Math.abs(total(terms) - expected)
  const { relative, rounding } = toleranceOf(subject.method, subject.dtype)
  const allowed = relative * (measurement.scale + total(terms.map(Math.abs))) + rounding * measurement.magnitude
  if (!(distance <= allowed)) {
    return `${what}: ${total(terms)} along the direction, by differences ${expected}, ${distance / allowed} times too far`
  }
  const together = measurement.gradient
  const other = together.findIndex((value, at) => !(Math.abs(value - alone[at]!) <= 1e-6 * Math.abs(value)))
  if (other >= 0) return `${what}: ${alone[other]} at ${other} when asked for alone, ${together[other]} together`
  return undefined
}
