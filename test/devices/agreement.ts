import type { Tensor } from '../../src/tensor/tensor.ts'
import { countBeyond, largestDifference, relativeDistance } from './closeness.ts'
import type { Outcome } from './places.ts'
import { rate, steps } from './training.ts'

/**
 * Batch normalisation removes what this bias adds, so its gradient is zero but for rounding, and AdamW moves it by its
 * rate in the direction of that rounding. The running mean behind it follows.
 */
const vanishing = 'atn.conv_extract.bias'
const followsIt = 'atn.bn1.running_mean'
/** What steps in opposite directions put between two weights. */
const apart = 2.1 * rate * steps

/**
 * The differences of two trainings on the data on which there are fewest.
 *
 * Rounding alone can send trainings apart: an activation at a ReLU's kink is passed here and stopped there, AdamW moves
 * weights by the sign of their gradient, and normalisation over two clips blows the rest up. On the CPU, clips shaken
 * by 2e-7 change some gradients by percents on three data sets of ten. What is computed wrongly shows on all.
 * @param differences given a seed of the data
 */
export async function onSomeData(differences: (seed: number) => Promise<string[]>): Promise<string[]> {
  let fewest = await differences(1)
  for (let seed = 2; seed <= 6 && fewest.length > 0; seed++) {
    const found = await differences(seed)
    if (found.length < fewest.length) fewest = found
  }
  return fewest
}

/** In what two trainings differ, in words; nothing where they agree within rounding. */
export function differencesOf(given: Outcome, wanted: Outcome): string[] {
  const runs = wanted.outputs.flatMap((outputs, run) =>
    Object.entries(outputs).flatMap(([name, tensor]) => {
      const bound = name.startsWith('loss') ? 1e-4 : 1e-3 // logits and gradientNorm
      return beyond(`${name} of run ${run}`, relativeDistance(given.outputs[run]?.[name], tensor), bound)
    }),
  )
  const state = Object.entries(wanted.state).flatMap(([name, tensor]) => stateFault(name, given.state[name], tensor))
  return [...runs, ...state]
}

function stateFault(name: string, given: Tensor | undefined, wanted: Tensor): string[] {
  const largest = largestDifference(given, wanted)
  if (/^(moment[12]|sum)\./.test(name)) {
    if (name.endsWith(vanishing)) return beyond(name, largest, 1e-6)
    return beyond(name, relativeDistance(given, wanted), 1e-3)
  }
  if (name === vanishing || name === followsIt) return beyond(name, largest, apart)
  if (/running_(mean|var)$/.test(name)) return beyond(name, relativeDistance(given, wanted), 1e-4)
  // a gradient that is almost zero may point the other way: at one weight in a thousand
  const astray = countBeyond(given, wanted, 1e-5) - Math.max(1, wanted.data.length / 1000)
  return astray > 0 ? beyond(name, largest, 1e-5) : beyond(name, largest, apart)
}

function beyond(what: string, distance: number, bound: number): string[] {
  return distance < bound ? [] : [`${what} differs by ${distance}, more than ${bound}`]
}
