/**
 * Where an operator is written differently for another provider, that form gives the same results, forward and
 * backward. All forms are run on the CPU, which has every operator they are made of.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Device, openDevice } from '../runtime/index.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { Graph, gradients, type Provider, toOnnx, type Value } from './index.ts'
import { operatorNames, subjectsOf } from './testing/cases.ts'
import { evaluate, numbersOf } from './testing/evaluate.ts'
import { place } from './testing/place.ts'
import type { Subject } from './testing/subject.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

/** A subject's results and gradients. */
function build({ subject, graph, feeds }: { subject: Subject; graph: Graph; feeds: Record<string, Tensor> }) {
  const { inputs, outputs, seedInputs } = place(subject, graph, feeds)
  const values = [...outputs, ...gradients(outputs, inputs, seedInputs)]
  return Object.fromEntries(values.map((value, i) => [`${subject.name} ${i}`, value]))
}

/** Whether a provider is given another model for the subject than the CPU. */
function isDifferent(subject: Subject, provider: Provider): boolean {
  const outputs = build({ subject, graph: new Graph(), feeds: {} })
  return !Buffer.from(toOnnx(outputs, { provider })).equals(toOnnx(outputs))
}

/** Operators known to have a form of their own, so that the test has something to test. */
const known: Readonly<Record<Exclude<Provider, 'cpu'>, readonly string[]>> = {
  any: ['batchNorm', 'matmul'],
  webgpu: ['batchNorm', 'matmul', 'conv'],
  cuda: [],
  wasm: [],
}

test.each(Object.entries(known))('%s', async (provider, names) => {
  const different = operatorNames.flatMap((operator) => {
    const subjects = subjectsOf(operator).filter((subject) => isDifferent(subject, provider as Provider))
    return subjects.map((subject) => ({ operator, subject }))
  })
  expect(different.map(({ operator }) => operator)).toEqual(expect.arrayContaining([...names]))
  for (let start = 0; start < different.length; start += 20) {
    const some = different.slice(start, start + 20)
    await compare(
      some.map(({ subject }) => subject),
      provider as Provider,
    )
  }
})

async function compare(subjects: readonly Subject[], provider: Provider): Promise<void> {
  const graph = new Graph()
  const feeds: Record<string, Tensor> = {}
  const outputs: Record<string, Value> = {}
  for (const subject of subjects) Object.assign(outputs, build({ subject, graph, feeds }))
  const own = await evaluate(device, outputs, feeds)
  const other = await evaluate(device, outputs, feeds, { provider })
  for (const name of Object.keys(outputs)) {
    const [a, b] = [numbersOf(own[name]!), numbersOf(other[name]!)]
    const scale = Math.max(1, ...a.map(Math.abs))
    const distance = Math.max(0, ...a.map((value, i) => Math.abs(value - b[i]!)))
    expect(distance / scale, name).toBeLessThan(1e-12)
    expect(other[name]!.shape, name).toEqual(own[name]!.shape)
  }
}
