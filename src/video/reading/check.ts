import { z } from 'zod'
import { UnmaskError } from '../../errors.ts'
import { checkOptions } from '../../options.ts'
import type { FramesOptions } from '../video.ts'
import type { Range } from './play.ts'

const framesOptions = z.strictObject({
  from: z.number().nonnegative().default(0),
  to: z.number().nonnegative().default(Number.MAX_VALUE),
  rate: z.number().positive().optional(),
  reuse: z.boolean().default(false),
})

/** @throws UnmaskError `option-invalid` */
export function checkRange({ signal: _, ...options }: FramesOptions): Range {
  const { from, to, rate, reuse } = checkOptions(framesOptions, options, 'frames')
  return { from, to, rate, reuse }
}

/** @throws UnmaskError `option-invalid` for times that are below 0, no numbers or do not grow */
export function checkTimes(seconds: Iterable<number>): readonly number[] {
  const times = [...seconds]
  let last = 0
  for (const time of times) {
    if (!(time >= last)) throw new UnmaskError('option-invalid', `framesAt: ${time} comes after ${last}`)
    last = time
  }
  return times
}
