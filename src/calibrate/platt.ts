import type { Calibration } from '../detect/calibration.ts'
import { UnmaskError } from '../errors.ts'

/** A video to fit on. */
export interface PlattSample {
  /** Of the clips of its face, at least one. */
  readonly margins: readonly number[]
  readonly label: 'real' | 'fake'
  /** What it is one of several views of: a video at some qualities is one video. */
  readonly group: string
}

/** What is made smallest, where it is for some scale and offset, and its slopes. */
interface Step {
  readonly loss: number
  /** By scale, by offset. */
  readonly gradient: readonly [number, number]
  /** Expected second derivatives: scale twice, both, offset twice. */
  readonly information: readonly [number, number, number]
}

interface Weighed {
  readonly margins: readonly number[]
  readonly target: number
  readonly weight: number
}

const mostSteps = 200
const smallEnough = 1e-10

/**
 * Platt scaling (Platt 1999) of videos: the scale and offset with which the mean over a video's clips of
 * p = 1 / (1 + exp(-(scale margin + offset))) has the least log loss. With one clip a video it is Platt's own. Both classes
 * weigh the same, so probabilities are those of a world in which every other video is fake. Targets are Platt's, (n + 1) /
 * (n + 2) and 1 / (n + 2), of n groups: views of one video are no new evidence.
 *
 * Fisher scoring (Newton's method with expected second derivatives), steps halved until they help.
 * @throws UnmaskError `calibration-failed` with one class only, or where fakes do not get the larger margins
 */
export function fitPlatt(samples: readonly PlattSample[]): Calibration {
  const weighed = weigh(samples)
  let [scale, offset, damping] = [...start(weighed), 1e-9]
  let here = stepAt(weighed, scale, offset)
  for (let i = 0; i < mostSteps && Math.hypot(...here.gradient) > smallEnough; i++) {
    const [across, up] = solve(here, damping)
    const there = stepAt(weighed, scale - across, offset - up)
    if (there.loss <= here.loss) {
      ;[scale, offset, here, damping] = [scale - across, offset - up, there, Math.max(damping / 10, 1e-9)]
    } else if (damping < 1e9) damping *= 10
    else break // rounding: nothing nearby is lower
  }
  if (scale > 0) return { scale, offset }
  throw new UnmaskError('calibration-failed', 'on this data the model gives fakes no larger margins than real videos')
}

/** Mean log loss with equal weights of the classes, and smoothed targets: what `fitPlatt` makes smallest. */
export function plattLoss(samples: readonly PlattSample[], { scale, offset }: Calibration): number {
  return stepAt(weigh(samples), scale, offset).loss
}

function weigh(samples: readonly PlattSample[]): Weighed[] {
  const target = { fake: 0, real: 0 }
  const weight = { fake: 0, real: 0 }
  for (const label of ['fake', 'real'] as const) {
    const own = samples.filter((sample) => sample.label === label)
    if (own.length === 0) throw new UnmaskError('calibration-failed', `there is no ${label} video to fit on`)
    const groups = new Set(own.map(({ group }) => group)).size
    target[label] = ((label === 'fake' ? groups : 0) + 1) / (groups + 2)
    weight[label] = 1 / (2 * own.length)
  }
  return samples.map(({ margins, label }) => ({ margins, target: target[label], weight: weight[label] }))
}

/** Margins of any size brought to about 1: from there the steps are not too long. */
function start(samples: readonly Weighed[]): [scale: number, offset: number] {
  const all = samples.flatMap(({ margins }) => margins)
  const mean = all.reduce((sum, margin) => sum + margin, 0) / all.length
  const deviation = Math.sqrt(all.reduce((sum, margin) => sum + (margin - mean) ** 2, 0) / all.length)
  const scale = 1 / Math.max(deviation, 1e-6)
  return [scale, -scale * mean]
}

function stepAt(samples: readonly Weighed[], scale: number, offset: number): Step {
  let [loss, byScale, byOffset, twiceScale, both, twiceOffset] = [0, 0, 0, 0, 0, 0]
  for (const { margins, target, weight } of samples) {
    let [fake, real, across, up] = [0, 0, 0, 0]
    for (const margin of margins) {
      const logit = scale * margin + offset
      const [p, q] = [1 / (1 + Math.exp(-logit)), 1 / (1 + Math.exp(logit))]
      fake += p / margins.length
      real += q / margins.length
      up += (p * q) / margins.length
      across += (p * q * margin) / margins.length
    }
    ;[fake, real] = [Math.max(fake, smallest), Math.max(real, smallest)]
    loss -= weight * (target * Math.log(fake) + (1 - target) * Math.log(real))
    // d(loss) / d(p) = (p - target) / (p q)
    const slope = (weight * (fake - target)) / (fake * real)
    byScale += slope * across
    byOffset += slope * up
    const curve = weight / (fake * real)
    twiceScale += curve * across * across
    both += curve * across * up
    twiceOffset += curve * up * up
  }
  return { loss, gradient: [byScale, byOffset], information: [twiceScale, both, twiceOffset] }
}

/** Keeps logarithms finite, and products of two above 0. */
const smallest = 1e-150

/** The step to go back by: (information + damping of its diagonal)^-1 gradient. */
function solve({ gradient: [g, h], information: [a, b, c] }: Step, damping: number): [number, number] {
  const [first, last] = [a * (1 + damping) + 1e-300, c * (1 + damping) + 1e-300]
  const determinant = first * last - b * b
  if (!(determinant > 0)) return [g / first, h / last]
  return [(last * g - b * h) / determinant, (first * h - b * g) / determinant]
}
