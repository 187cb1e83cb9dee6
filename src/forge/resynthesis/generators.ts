import { sha256 } from '../../digest.ts'
import { UnmaskError } from '../../errors.ts'
import { Graph } from '../../graph/index.ts'
import { Scope } from '../../network/scope.ts'
import type { Weights } from '../../network/weights.ts'
import { toFloat16, toFloat32 } from '../../tensor/convert.ts'
import { decodeSafetensors, encodeSafetensors } from '../../tensor/safetensors.ts'
import type { Tensor } from '../../tensor/tensor.ts'
import { generate } from './generator.ts'
import { type GeneratorShape, generatorShape } from './shapes.ts'

/** A trained autoencoder. */
export interface Generator {
  readonly shape: GeneratorShape
  /** Steps that it was trained for. */
  readonly steps: number
  /** By the names that `generate` asks for. */
  readonly weights: Weights
}

/** What a file of generators holds. */
export interface Generators {
  readonly generators: ReadonlyMap<string, Generator>
  /** Of what they were trained on, in words. */
  readonly data: string
}

const format = 'unmask-generators'
/** Of the file and of what `generate` makes of a shape's numbers. */
export const generatorsVersion = '1'

/** The value that a generator computes, its weights constants. @throws UnmaskError `weights-mismatch` */
export function inferenceGraph({ shape, weights }: Pick<Generator, 'shape' | 'weights'>) {
  const graph = new Graph()
  const scope = new Scope(graph, { training: false, weights })
  return generate(scope, shape, graph.input('faces', 'float32', [1, 3, shape.size, shape.size]))
}

/** The bytes of a file, the same for the same generators: float16, with a digest of all that is in it. */
export async function encodeGenerators({ generators, data }: Generators): Promise<Uint8Array<ArrayBuffer>> {
  const tensors = [...generators].flatMap(([name, { weights }]) => {
    return Object.entries(weights).map(([own, tensor]) => [`${name}/${own}`, toFloat16(toFloat32(tensor))] as const)
  })
  const shapes = Object.fromEntries([...generators].map(([name, { shape, steps }]) => [name, { shape, steps }]))
  const metadata = { format, version: generatorsVersion, data, shapes: JSON.stringify(shapes) }
  const digest = await sha256(encodeSafetensors(tensors, metadata))
  return encodeSafetensors(tensors, { ...metadata, digest })
}

/**
 * Reads a file from memory.
 * @param source what to call it in errors
 * @throws UnmaskError `safetensors-format`; `generators-format` when it is something else, of another version, or changed
 */
export async function decodeGenerators(bytes: Uint8Array, source = 'the generators'): Promise<Generators> {
  const { tensors, metadata } = decodeSafetensors(bytes, source)
  const refuse = (problem: string, cause?: unknown) =>
    new UnmaskError('generators-format', `${source}: ${problem}`, { cause })
  const { digest, ...described } = metadata
  if (described.format !== format) throw refuse('these are weights, but no generators')
  if (described.version !== generatorsVersion) {
    throw refuse(`generators of version ${JSON.stringify(described.version)}; this program reads ${generatorsVersion}`)
  }
  if ((await sha256(encodeSafetensors(tensors, described))) !== digest) throw refuse('its content was changed')
  try {
    const shapes = Object.entries(JSON.parse(described.shapes ?? '')) as [string, { shape: unknown; steps: number }][]
    const generators = shapes.map(([name, { shape, steps }]) => {
      const generator = { shape: generatorShape.parse(shape), steps, weights: weightsOf(tensors, name) }
      inferenceGraph(generator)
      return [name, generator] as const
    })
    return { generators: new Map(generators), data: described.data ?? '' }
  } catch (cause) {
    throw refuse((cause as Error).message, cause)
  }
}

function weightsOf(tensors: ReadonlyMap<string, Tensor>, name: string): Weights {
  const own = [...tensors].filter(([tensor]) => tensor.startsWith(`${name}/`))
  return Object.fromEntries(own.map(([tensor, value]) => [tensor.slice(name.length + 1), toFloat32(value)]))
}
