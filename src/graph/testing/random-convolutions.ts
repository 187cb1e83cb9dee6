import { Random } from '../../tensor/random.ts'
import type { Attributes } from '../operators/attributes.ts'
import type { Case } from './case.ts'

/** Small convolutions of every kind; the same ones every time. */
export function randomConvolutions(count: number): Case<Attributes['conv']>[] {
  return Array.from({ length: count }, (_, i) => randomConvolution(new Random(`convolution ${i}`)))
}

function randomConvolution(random: Random): Case<Attributes['conv']> {
  const oneOf = <T>(...choices: readonly T[]) => choices[random.integer(choices.length)]!
  const axes = Array.from({ length: oneOf(1, 2, 2, 3) }, () => randomAxis(random))
  const groups = oneOf(1, 1, 2, 3, 4)
  const [inputs, outputs] = oneOf([1, 1], [1, 2], [2, 1], [2, 3])
  return {
    shapes: [
      [oneOf(1, 2), groups * inputs!, ...axes.map(({ size }) => size)],
      [groups * outputs!, inputs!, ...axes.map(({ kernel }) => kernel)],
    ],
    attributes: {
      strides: axes.map(({ stride }) => stride),
      before: axes.map(({ before }) => before),
      after: axes.map(({ after }) => after),
      groups,
    },
  }
}

/** Padding of up to two more than the kernel; where the kernel does not fit all the same, more of it. */
function randomAxis(random: Random) {
  const [size, kernel] = [random.integer(6) + 1, random.integer(5) + 1]
  const before = random.integer(kernel + 2)
  const after = Math.max(random.integer(kernel + 2), kernel - size - before)
  return { size, kernel, before, after, stride: random.integer(3) + 1 }
}
