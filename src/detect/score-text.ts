import { percentText } from '../words.ts'
import { calledAt, type OperatingPoints } from './operating-points.ts'

/** Tenths of a percent. */
const tenths = (share: number) => Math.round(1000 * share)
const written = (tenths: number) => `${tenths / 10} %`

/** A point from or up to which a verdict is given. */
export const pointText = (point: number): string => written(tenths(point))

/** Where scores become verdicts. */
export function pointsText({ fakeFrom, realUpTo }: OperatingPoints): string {
  return `fake from ${pointText(fakeFrom)}, real up to ${pointText(realUpTo)}`
}

/**
 * A probability beside the points that decided what it is called: in whole percents, in tenths where these would be on the
 * other side of a point as it is written; then rounded away from it, if need be.
 */
export function scoreText(probability: number, points: OperatingPoints): string {
  const called = calledAt(probability, points)
  const shown = { fakeFrom: tenths(points.fakeFrom), realUpTo: tenths(points.realUpTo) }
  const stays = (value: number) => calledAt(value, shown) === called
  const whole = probability > 0.99 ? 1000 : probability < 0.01 ? 0 : 10 * Math.round(100 * probability)
  if (stays(whole)) return percentText(probability)
  const near = Math.min(Math.max(tenths(probability), 1), 999)
  return written([near, near - 1, near + 1].find(stays) ?? near)
}
