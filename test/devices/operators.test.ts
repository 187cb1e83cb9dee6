/**
 * Every operator and its gradient, in the form for the provider, gives what the CPU's form gives on the CPU. Operators
 * that a provider lacks and leaves to the CPU count as well: what matters is the result.
 */
import { describe, expect, test } from 'vitest'
import { Graph, gradients, inputsOf, op, toOnnx, type Value } from '../../src/graph/index.ts'
import { operatorNames, subjectsOf } from '../../src/graph/testing/cases.ts'
import { place as placeSubject } from '../../src/graph/testing/place.ts'
import type { Subject } from '../../src/graph/testing/subject.ts'
import { Random } from '../../src/tensor/random.ts'
import { type Tensor, zeros } from '../../src/tensor/tensor.ts'
import { besideCpu } from './beside-cpu.ts'
import { largestDifference } from './closeness.ts'
import { type Place, places } from './places.ts'

interface Work {
  readonly graph: Graph
  readonly feeds: Record<string, Tensor>
  readonly outputs: Record<string, Value>
}

const newWork = (): Work => ({ graph: new Graph(), feeds: {}, outputs: {} })

/** Results and gradients in float32, which all providers have. */
function addSubject({ graph, feeds, outputs }: Work, given: Subject): void {
  const subject: Subject = { ...given, dtype: 'float32' }
  const placed = placeSubject(subject, graph, feeds)
  const values = [...placed.outputs, ...gradients(placed.outputs, placed.inputs, placed.seedInputs)]
  values.forEach((value, i) => {
    outputs[`${subject.name} ${i}`] = value
  })
}

/** Convolutions that ONNX Runtime's WebGPU provider has ways of its own for, some of them wrong (1.30). */
const special = [
  { x: [2, 3, 8], w: [4, 3, 1], after: [3] },
  { x: [1, 4, 3, 4], w: [5, 4, 1, 1], after: [0, 2] },
  { x: [2, 4, 3, 4], w: [5, 4, 3, 4], after: [1, 2], strides: [2, 1] },
  { x: [2, 5, 2, 3], w: [2, 5, 2, 3], after: [1, 0] },
  { x: [1, 6, 5, 4], w: [10, 3, 3, 3], after: [1, 1], groups: 2 },
  { x: [1, 4, 5, 4], w: [12, 2, 2, 2], after: [0, 0], groups: 2 },
  { x: [2, 3, 5], w: [15, 1, 2], after: [1], groups: 3 },
  { x: [1, 4, 1, 2], w: [12, 2, 1, 2], after: [1, 1], groups: 2 },
  { x: [1, 4, 3, 4, 2], w: [6, 2, 2, 2, 2], after: [1, 0, 1], groups: 2 },
]

function addSpecial({ graph, feeds, outputs }: Work): void {
  special.forEach(({ x, w, after, groups = 1, strides = after.map(() => 1) }, i) => {
    const random = new Random(`special ${i}`)
    const input = (name: string, shape: readonly number[]) => {
      feeds[`${name}${i}`] = random.normalTensor(shape)
      return graph.input(`${name}${i}`, 'float32', shape)
    }
    const y = op.conv(input('x', x), input('w', w), { strides, before: after.map(() => 0), after, groups })
    outputs[`conv ${i}`] = y
    // with what the engine likes to join to a convolution
    outputs[`relu ${i}`] = op.relu(op.add(y, graph.constant(random.normalTensor([y.shape[1]!, ...after.map(() => 1)]))))
  })
}

/** In Chromium's WebGPU, which has the provider of Node's and takes minutes for all: what the networks stand on. */
const namesFor = (place: string) => (place === 'WebGPU in Chromium' ? (['batchNorm', 'gelu'] as const) : operatorNames)

describe.each(places)('$title', ({ name: placeName, missing, provider, open }) => {
  describe.skipIf(missing !== undefined)('as on the CPU', () => {
    const both = besideCpu({ open })

    async function compare({ outputs, feeds }: Work): Promise<void> {
      const needed = inputsOf(Object.values(outputs))
      const fed = Object.fromEntries(Object.entries(feeds).filter(([name]) => needed.includes(name)))
      const results = async (where: Place, form: 'cpu' | typeof provider) => {
        return (await where.run({ model: toOnnx(outputs, { provider: form }), feeds: [fed] })).outputs[0]!
      }
      const [here, there] = [await results(both.place, provider), await results(both.cpu, 'cpu')]
      for (const [name, wanted] of Object.entries(there)) {
        const scale = Math.max(1, largestDifference(zeros('float32', wanted.shape), wanted))
        expect(largestDifference(here[name], wanted) / scale, name).toBeLessThan(2e-6)
      }
    }

    test.each(namesFor(placeName))('%s', async (operator) => {
      const work = newWork()
      for (const subject of subjectsOf(operator)) addSubject(work, subject)
      await compare(work)
    })

    test('convolutions with ways of their own', async () => {
      const work = newWork()
      addSpecial(work)
      await compare(work)
    })
  })
})
