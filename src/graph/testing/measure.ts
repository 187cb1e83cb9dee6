import type { Device } from '../../runtime/index.ts'
import type { Tensor } from '../../tensor/tensor.ts'
import { gradients } from '../gradients.ts'
import { Graph } from '../graph.ts'
import type { Value } from '../types.ts'
import { total } from './array.ts'
import { evaluate, numbersOf } from './evaluate.ts'
import { place } from './place.ts'
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
  /** Sum of the absolute terms of `expected`, one for each element of the outputs. */
  readonly scale: number
  /** The same before values were subtracted from each other. */
  readonly magnitude: number
}

/** Subjects to a session: opening one is dear, and the time that the engine takes grows faster than the graph. */
const together = 20

/** Measures all subjects. */
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
  const { name, dtype, method, build, differentiate = gradients } = subject
  const { inputs, outputs: values, seedInputs, points, seeds, directions, feed } = place(subject, graph, feeds)
  differentiate(values, inputs, seedInputs).forEach((value, i) => {
    outputs[`${name} g${i}`] = value
    outputs[`${name} alone${i}`] = differentiate(values, [inputs[i]!], seedInputs)[0]!
  })
  const stencil = stencilOf(method, dtype)
  directions.forEach((direction, i) => {
    stencil.forEach(({ step }, k) => {
      const moved = points[i]!.map((value, at) => value + step * direction[at]!)
      const changed = feed(`x${i} at ${k}`, inputs[i]!.shape, moved)
      build(inputs.with(i, changed)).forEach((value, j) => {
        outputs[`${name} y${j} by x${i} at ${k}`] = value
      })
    })
  })
  return (results) =>
    directions.map((direction, i) => {
      const terms = seeds.flatMap((seed, j) => {
        const reached = stencil.map((_, k) => results(`${name} y${j} by x${i} at ${k}`))
        return seed.map((s, at) => stencil.map(({ weight }, k) => s * weight * reached[k]![at]!))
      })
      return {
        subject,
        input: i,
        gradient: results(`${name} g${i}`),
        alone: results(`${name} alone${i}`),
        direction,
        expected: total(terms.flat()),
        scale: total(terms.map((parts) => Math.abs(total(parts)))),
        magnitude: total(terms.flat().map(Math.abs)),
      }
    })
}
