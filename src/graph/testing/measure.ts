import type { Device } from '../../runtime/index.ts'
import { Random } from '../../tensor/random.ts'
import { sizeOf, type Tensor } from '../../tensor/tensor.ts'
import { gradients } from '../gradients.ts'
import { Graph } from '../graph.ts'
import type { Value } from '../types.ts'
import { signed, whole } from './domains.ts'
import { evaluate, numbersAs, numbersOf } from './evaluate.ts'
import { stencilOf } from './stencil.ts'
import type { Subject } from './subject.ts'

/** What was found for one input of a subject. */
export interface Measurement {
  readonly subject: Subject
  /** Which input. */
  readonly input: number
  /** The gradient that the rules give, and the one that they give when no other input's is asked for. */
  readonly gradient: readonly number[]
  readonly alone: readonly number[]
  /** Where the input was moved to, and the derivative of <f, seeds> that was measured along it. */
  readonly direction: readonly number[]
  readonly expected: number
  /** Sum of the absolute terms of `expected`: what its rounding errors are relative to. */
  readonly scale: number
}

/** Subjects to a session: opening one is dear, and the time that the engine takes grows faster than the graph. */
const together = 20

/** Measures all subjects. The same one is always given the same numbers. */
export async function measure(device: Device, subjects: readonly Subject[]): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for (let start = 0; start < subjects.length; start += together) {
    measurements.push(...(await measureTogether(device, subjects.slice(start, start + together))))
  }
  return measurements
}

async function measureTogether(device: Device, subjects: readonly Subject[]): Promise<Measurement[]> {
  const graph = new Graph()
  const feeds: Record<string, Tensor> = {}
  const outputs: Record<string, Value> = {}
  const readings = subjects.map((subject) => lay(subject, graph, feeds, outputs))
  const results = await evaluate(device, outputs, feeds)
  return readings.flatMap((read) => read((name) => numbersOf(results[name]!)))
}

type Results = (name: string) => number[]

/** Adds one subject to the graph. @returns how its measurements are read off the results */
function lay(
  subject: Subject,
  graph: Graph,
  feeds: Record<string, Tensor>,
  outputs: Record<string, Value>,
): (results: Results) => Measurement[] {
  const { name, dtype, method, differentiate = gradients } = subject
  const random = new Random(name)
  const seedDomain = method === 'exact' ? whole : signed
  const feed = (label: string, shape: readonly number[], values: readonly number[]) => {
    feeds[`${name} ${label}`] = numbersAs(dtype, shape, values)
    return graph.input(`${name} ${label}`, dtype, shape)
  }
  const points = subject.inputs.map(({ shape, domain }) => domain(random, sizeOf(shape)))
  const inputs = subject.inputs.map(({ shape }, i) => feed(`x${i}`, shape, points[i]!))
  const values = subject.build(inputs)
  const seeds = values.map(({ shape }) => seedDomain(random, sizeOf(shape)))
  const seedValues = values.map(({ shape }, j) => feed(`s${j}`, shape, seeds[j]!))
  differentiate(values, inputs, seedValues).forEach((value, i) => {
    outputs[`${name} g${i}`] = value
    outputs[`${name} alone${i}`] = differentiate(values, [inputs[i]!], seedValues)[0]!
  })
  const stencil = stencilOf(method, dtype)
  const directions = subject.inputs.map(({ shape }) => seedDomain(random, sizeOf(shape)))
  directions.forEach((direction, i) => {
    stencil.forEach(({ step }, k) => {
      const moved = points[i]!.map((value, at) => value + step * direction[at]!)
      const changed = feed(`x${i} at ${k}`, inputs[i]!.shape, moved)
      subject.build(inputs.with(i, changed)).forEach((value, j) => {
        outputs[`${name} y${j} by x${i} at ${k}`] = value
      })
    })
  })
  return (results) =>
    directions.map((direction, i) => {
      const terms = seeds.flatMap((seed, j) => {
        const reached = stencil.map((_, k) => results(`${name} y${j} by x${i} at ${k}`))
        return seed.map((s, at) => s * stencil.reduce((sum, { weight }, k) => sum + weight * reached[k]![at]!, 0))
      })
      return {
        subject,
        input: i,
        gradient: results(`${name} g${i}`),
        alone: results(`${name} alone${i}`),
        direction,
        expected: terms.reduce((sum, term) => sum + term, 0),
        scale: terms.reduce((sum, term) => sum + Math.abs(term), 0),
      }
    })
}
