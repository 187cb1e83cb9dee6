/** The checker itself: by each of its methods, mistakes that people make in gradient rules are found. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, openDevice } from '../../runtime/index.ts'
import { type gradients, op } from '../index.ts'
import { subjectsOf } from '../testing/cases.ts'
import { fault } from '../testing/judge.ts'
import { measure } from '../testing/measure.ts'
import type { Method, Subject } from '../testing/subject.ts'
import type { OperatorNode, Value } from '../types.ts'
import type { OperatorName } from './attributes.ts'

type Rule = (dy: Value, inputs: readonly Value[], y: Value) => Value

interface Mistake {
  readonly operator: OperatorName
  readonly method: Method
  /** Which of the operator's cases. */
  readonly at: number
  readonly right: Rule
  readonly wrong: Rule
}

/** One rule for the first input, the right and the wrong one. */
const mistakes: Readonly<Record<string, Mistake>> = {
  'tanh without its square': {
    operator: 'tanh',
    method: 'smooth',
    at: 0,
    right: (dy, _, y) => op.mul(dy, op.sub(1, op.square(y))),
    wrong: (dy, _, y) => op.mul(dy, op.sub(1, y)),
  },
  'the factor of gelu left out': {
    operator: 'gelu',
    method: 'smooth',
    at: 0,
    right: (dy, [x]) => op.mul(dy, slopeOfGelu(x!, Math.SQRT1_2)),
    wrong: (dy, [x]) => op.mul(dy, slopeOfGelu(x!, 0.7)),
  },
  'a product not summed where it was stretched, but averaged': {
    operator: 'mul',
    method: 'exact',
    at: 2,
    right: (dy, [, y]) => op.sum(op.mul(dy, y!), [1]),
    wrong: (dy, [, y]) => op.mean(op.mul(dy, y!), [1]),
  },
  'a transposition not inverted': {
    operator: 'transpose',
    method: 'exact',
    at: 2,
    right: (dy) => op.transpose(dy, [1, 2, 3, 0]),
    wrong: (dy, [x]) => op.reshape(op.transpose(dy, [3, 0, 1, 2]), x!.shape),
  },
  'a kernel not turned': {
    operator: 'conv',
    method: 'exact',
    at: 0,
    right: (dy, [, w]) => op.conv(dy, op.flip(op.transpose(w!, [1, 0, 2]), [2]), same),
    wrong: (dy, [, w]) => op.conv(dy, op.transpose(w!, [1, 0, 2]), same),
  },
  'a padded slice one place off': {
    operator: 'pad',
    method: 'exact',
    at: 0,
    right: (dy) => op.slice(dy, [1, 0], [3, 3]),
    wrong: (dy) => op.slice(dy, [1, 1], [3, 4]),
  },
  'a step that has a slope': {
    operator: 'between',
    method: 'flat',
    at: 0,
    right: (dy) => op.mul(dy, 0),
    wrong: (dy) => op.mul(dy, 1e-6),
  },
  'a stop that lets through': {
    operator: 'stopGradient',
    method: 'cut',
    at: 0,
    right: (dy) => op.mul(dy, 0),
    wrong: (dy) => dy,
  },
}

const same = { strides: [1], before: [1], after: [1] }

function slopeOfGelu(x: Value, factor: number): Value {
  const distribution = op.mul(op.add(op.erf(op.mul(x, factor)), 1), 0.5)
  const density = op.mul(op.exp(op.mul(op.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI))
  return op.add(distribution, op.mul(x, density))
}

/** A case of an operator with the given rule in place of its own; only the first input's gradient has a meaning. */
function withRule({ operator, at }: Mistake, rule: Rule): Subject {
  const differentiate: typeof gradients = ([y], wrt, seeds) => {
    const inputs = (y!.node as OperatorNode).inputs
    return wrt.map(() => rule(seeds![0]!, inputs, y!))
  }
  return { ...subjectsOf(operator)[at]!, differentiate }
}

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

test.each(Object.entries(mistakes))('%s', async (_, mistake) => {
  for (const [rule, isRight] of [
    [mistake.right, true],
    [mistake.wrong, false],
  ] as const) {
    const subject = withRule(mistake, rule)
    expect(subject.method).toBe(mistake.method)
    const [first] = await measure(device, [subject])
    expect(fault(first!) === undefined).toBe(isRight)
  }
})
