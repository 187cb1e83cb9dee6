import { afterAll, beforeAll, expect, test } from 'vitest'
import { Graph, toOnnx } from '../../graph/index.ts'
import { Scope } from '../../network/scope.ts'
import { drawParameters } from '../../network/weights.ts'
import { type Device, openDevice } from '../../runtime/index.ts'
import { Random } from '../../tensor/random.ts'
import { sizeOf } from '../../tensor/tensor.ts'
import { generate } from './generator.ts'
import { inferenceGraph } from './generators.ts'
import { type GeneratorShape, generatorShape, shapes } from './shapes.ts'
import { slowGenerate } from './testing/slow-generator.ts'

let device: Device
beforeAll(async () => {
  device = await openDevice({ device: 'cpu' })
})
afterAll(() => device.dispose())

/** First weights of a shape, biases drawn too, and the output not almost zero. */
function weightsOf(shape: GeneratorShape) {
  const scope = new Scope(new Graph(), { training: true })
  generate(scope, shape, scope.graph.input('faces', 'float32', [1, 3, shape.size, shape.size]))
  const parameters = [...scope.parameters.values()]
  return drawParameters(
    parameters.map((parameter) => {
      const constant = parameter.initial.kind === 'constant' || parameter.name === 'output.weight'
      return constant ? { ...parameter, initial: { kind: 'normal', deviation: 0.1 } } : parameter
    }),
    7,
  )
}

test.each(['nearest', 'bilinear', 'shuffle', 'transposed-4', 'transposed-3'] as const)(
  'computes what its definition says: %s',
  async (upsampling) => {
    const shape: GeneratorShape = {
      ...{ part: 'inner', size: 16, encoder: [3, 4], code: 2, decoder: [5, 4, 3], upsampling, adversary: 0 },
    }
    const weights = weightsOf(shape)
    const faces = new Random(upsampling).uniformTensor([1, 3, 16, 16], -1, 1)
    await using program = await device.compile(toOnnx({ made: inferenceGraph({ shape, weights }) }))
    const { made } = await program.run({ faces })
    const expected = slowGenerate(shape, weights, faces.data)
    expect(made!.shape).toEqual([1, 3, 16, 16])
    expect(Math.max(...expected.map((value, i) => Math.abs(value - Number(made!.data[i]))))).toBeLessThan(1e-5)
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.5)
  },
)

test('the shapes are sound, small, and let but a small part of the picture through', () => {
  for (const [name, shape] of Object.entries(shapes)) {
    expect(generatorShape.parse(shape)).toEqual(shape)
    const weights = weightsOf(shape)
    expect(
      Object.values(weights).reduce((sum, { shape }) => sum + sizeOf(shape), 0),
      name,
    ).toBeLessThan(300_000)
    const passed = (shape.size / 2 ** shape.encoder.length) ** 2 * (3 + shape.code)
    expect(passed / (3 * shape.size ** 2), name).toBeLessThan(1 / 10)
  }
})

test.each<[string, Partial<GeneratorShape>]>([
  ['a doubling too few', { decoder: [5, 4] }],
  ['a size that does not halve', { size: 18 }],
  ['no such way', { upsampling: 'lanczos' as 'nearest' }],
])('%s is no shape', (_, change) => {
  const shape = { part: 'inner', size: 16, encoder: [3, 4], code: 2, decoder: [5, 4, 3], upsampling: 'nearest', adversary: 0 } // biome-ignore format: one line
  expect(generatorShape.safeParse(shape).success).toBe(true)
  expect(generatorShape.safeParse({ ...shape, ...change }).success).toBe(false)
})
