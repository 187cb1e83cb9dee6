import { z } from 'zod'

const count = z.int().min(1)

/** How the learning rate goes through the steps of a stage. */
export const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  /** Falls along half a cosine to `floor` of the rate. */
  z.strictObject({ kind: z.literal('cosine'), floor: z.number().min(0).max(1).default(0) }),
  /** Is multiplied by `factor` after every `every` steps. */
  z.strictObject({ kind: z.literal('step'), every: count, factor: z.number().gt(0).max(1).default(0.5) }),
  /** Stays, and falls in a straight line to 0 over the last `last` of the steps. */
  z.strictObject({ kind: z.literal('late'), last: z.number().gt(0).max(1).default(0.25) }),
])

export type Schedule = z.output<typeof schedule>

/** What of a stage decides its rate. */
export interface Pace {
  readonly steps: number
  /** Steps over which the rate rises from 0 in a straight line. */
  readonly warmup: number
  readonly schedule: Schedule
}

/** The share of the full learning rate at a step, 0 to 1. @param step from 0 */
export function rateShare(step: number, { steps, warmup, schedule }: Pace): number {
  const rising = warmup > 0 ? Math.min(1, (step + 1) / warmup) : 1
  const done = Math.max(0, step - warmup) / Math.max(1, steps - warmup)
  return rising * shareOf(schedule, step, done)
}

/** @param done share of the steps after the warm-up, 0 to 1 */
function shareOf(schedule: Schedule, step: number, done: number): number {
  if (schedule.kind === 'cosine') {
    return schedule.floor + ((1 - schedule.floor) * (1 + Math.cos(Math.PI * done))) / 2
  }
  if (schedule.kind === 'step') return schedule.factor ** Math.floor(step / schedule.every)
  if (schedule.kind === 'late') return Math.min(1, (1 - done) / schedule.last)
  return 1
}

/**
 * What the averages of the weights keep at a step: less at first, so that the start is forgotten.
 * @param keep wanted in the long run
 */
export function averageKeep(step: number, keep: number): number {
  return Math.min(keep, (1 + step) / (10 + step))
}
