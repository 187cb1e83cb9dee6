import { count, table } from '../../src/cli/text.ts'
import { UnmaskError } from '../../src/errors.ts'
import type { Landmarks } from '../../src/face/landmarks/landmarks.ts'
import { readBytes } from '../../src/files/read.ts'
import { cutSquare } from '../../src/forge/resynthesis/cut-square.ts'
import {
  decodeGenerators,
  encodeGenerators,
  type Generator,
  inferenceGraph,
} from '../../src/forge/resynthesis/generators.ts'
import { asImage, fromPlanes, toPlanes } from '../../src/forge/resynthesis/pixels.ts'
import { openResynthesiser } from '../../src/forge/resynthesis/resynthesiser.ts'
import { facePoints, squareOf } from '../../src/forge/resynthesis/square.ts'
import { nodesOf, toOnnx } from '../../src/graph/index.ts'
import { operators } from '../../src/graph/operators/index.ts'
import { openDevice } from '../../src/runtime/index.ts'
import { Random } from '../../src/tensor/random.ts'
import { sizeOf, zeros } from '../../src/tensor/tensor.ts'
import type { Image } from '../../src/video/image.ts'
import { realFaces } from './faces.ts'
import { decibels, peak, powerSpectrum, ringPower } from './spectrum.ts'

interface Face {
  readonly image: Image
  readonly landmarks: Landmarks
}

/** Limits of the bands that are compared, shares of the highest frequency along an axis. */
const bands = [0, 0.15, 0.3, 0.5, 0.7, 0.9]

/**
 * What each generator of a file costs, how near it comes to the faces it is given, and what it leaves in the spectrum:
 * decibels of what was made over what was real in rings of frequencies, and by how much more than in what was real the
 * highest frequencies (across, down, both) stand out from those beside them.
 */
export async function benchGenerators(path?: string): Promise<void> {
  if (path === undefined) throw new UnmaskError('usage', 'npm run bench -- generators FILE')
  const { generators } = await decodeGenerators(await readBytes(path), path)
  const { stills } = await realFaces(256, { london: 25, congress: 25 })
  const faces = stills.map(({ images, landmarks }) => ({ image: images[0]!, landmarks: landmarks[0]! }))
  const costs = [['generator', 'parameters', 'MMAC', 'ms', 'ms with all around it']]
  const traces = [['generator', 'levels off', ...bands.map((from) => `>${from}`), 'across', 'down', 'both']]
  for (const [name, generator] of generators) {
    const parameters = Object.values(generator.weights).reduce((sum, { shape }) => sum + sizeOf(shape), 0)
    const { milliseconds, trace } = await look(generator, faces)
    const numbers = [macsOf(generator) / 1e6, milliseconds, await wholeTime(name, generator, faces)]
    costs.push([name, count(parameters), ...numbers.map((value, i) => value.toFixed(i === 0 ? 0 : 1))])
    traces.push([name, ...trace.map((value) => value.toFixed(1))])
  }
  for (const line of [...table(costs, 4), '', ...table(traces, 10)]) console.log(line)
}

function macsOf(generator: Generator): number {
  const nodes = nodesOf([inferenceGraph(generator)]).filter((node) => node.kind === 'operator')
  return nodes.reduce((sum, { operator, inputs, outputs }) => sum + (operators[operator].macs?.({ inputs, outputs }) ?? 0), 0) // biome-ignore format: one line
}

/** One picture after the other through the network alone: milliseconds at best, and traces. */
async function look(generator: Generator, faces: readonly Face[]) {
  const { part, size } = generator.shape
  await using device = await openDevice({ device: 'cpu', threads: 1 })
  await using program = await device.compile(toOnnx({ made: inferenceGraph(generator) }))
  const [real, fake] = [new Float64Array(size * size), new Float64Array(size * size)]
  let [milliseconds, distance] = [Infinity, 0]
  for (const { image, landmarks } of faces) {
    const seen = cutSquare(image, squareOf(facePoints(landmarks), part), size)
    const input = zeros('float32', [1, 3, size, size])
    toPlanes(seen, input.data)
    const begin = performance.now()
    const { made } = await program.run({ faces: input })
    milliseconds = Math.min(milliseconds, performance.now() - begin)
    const pixels = asImage(fromPlanes(made!.data as Float32Array), size).data
    distance += seen.reduce((sum, value, i) => sum + Math.abs(value - pixels[i]!), 0) / seen.length / faces.length
    addTo(real, powerSpectrum(asImage(seen, size).data, size))
    addTo(fake, powerSpectrum(pixels, size))
  }
  const rings = bands.map((from, i) => {
    const to = bands[i + 1] ?? 2
    return decibels(ringPower(fake, size, from, to) / ringPower(real, size, from, to))
  })
  const half = size / 2
  const places = [[half, 0], [0, half], [half, half]] as const // biome-ignore format: one line
  const peaks = places.map(([across, down]) => peak(fake, size, across, down) - peak(real, size, across, down))
  return { milliseconds, trace: [distance, ...rings, ...peaks] }
}

function addTo(sum: Float64Array, spectrum: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += spectrum[i]!
}

/** Milliseconds of processor time a frame of a resynthesis takes, in clips of eight. */
async function wholeTime(name: string, generator: Generator, faces: readonly Face[]): Promise<number> {
  const file = await encodeGenerators({ generators: new Map([[name, generator]]), data: '' })
  await using resynthesiser = await openResynthesiser(file)
  const images = faces.map(({ image }) => image)
  const landmarks = faces.map((face) => face.landmarks)
  let before = process.cpuUsage()
  for (let round = 0; round < 2; round++) {
    before = process.cpuUsage() // the first round only warms up
    for (let i = 0; i < faces.length; i += 8) {
      await resynthesiser.resynthesise(images.slice(i, i + 8), landmarks.slice(i, i + 8), new Random(i), 'mouth')
    }
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / faces.length
}
