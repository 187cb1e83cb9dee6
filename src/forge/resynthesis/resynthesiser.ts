import { z } from 'zod'
import type { AreaName } from '../../face/landmarks/areas.ts'
import type { Landmarks } from '../../face/landmarks/landmarks.ts'
import { readBytes } from '../../files/read.ts'
import { toOnnx } from '../../graph/index.ts'
import { checkOptions } from '../../options.ts'
import { type Device, openDevice, type Program, processorKind } from '../../runtime/index.ts'
import type { Random } from '../../tensor/random.ts'
import { zeros } from '../../tensor/tensor.ts'
import type { Image } from '../../video/image.ts'
import { addDetail, sharpen } from '../pixels/detail.ts'
import type { Resynthesiser } from '../resynthesiser.ts'
import { cutSquare } from './cut-square.ts'
import { decodeGenerators, type Generator, type Generators, inferenceGraph } from './generators.ts'
import { detailFactor, drawManner, type Manner } from './manner.ts'
import { asImage, fromPlanes, toPlanes } from './pixels.ts'
import { putBack } from './put-back.ts'
import { facePoints, squareOf } from './square.ts'

const resynthesiserOptions = z.strictObject({
  /** Threads of the processor. */
  threads: z.int().min(1).default(1),
})

/** A resynthesiser with generators of a file. */
export interface GeneratorResynthesiser extends Resynthesiser, AsyncDisposable {
  readonly generators: Generators
}

/**
 * Opens a file of generators, on a device of its own.
 * @param source path or bytes of the file
 * @throws UnmaskError `file-access`, `safetensors-format`, `generators-format`, `option-invalid`, `device-failed`
 */
export async function openResynthesiser(
  source: string | Uint8Array<ArrayBuffer>,
  options: z.input<typeof resynthesiserOptions> = {},
): Promise<GeneratorResynthesiser> {
  const { threads } = checkOptions(resynthesiserOptions, options, 'openResynthesiser')
  const isPath = typeof source === 'string'
  const generators = await decodeGenerators(isPath ? await readBytes(source) : source, isPath ? source : undefined)
  return new DeviceResynthesiser(generators, await openDevice({ device: processorKind(), threads }))
}

class DeviceResynthesiser implements GeneratorResynthesiser {
  readonly generators: Generators
  readonly #device: Device
  readonly #programs = new Map<Generator, Promise<Program>>()

  constructor(generators: Generators, device: Device) {
    this.generators = generators
    this.#device = device
  }

  async resynthesise(
    images: readonly Image[],
    landmarks: readonly Landmarks[],
    random: Random,
    area?: AreaName,
  ): Promise<readonly Image[]> {
    const { generator, ...manner } = drawManner(this.generators, area, random)
    const program = await this.#program(generator)
    return await Promise.all(images.map((image, i) => madeAnew(image, landmarks[i]!, generator, program, manner)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#device.dispose()
  }

  #program(generator: Generator): Promise<Program> {
    const known = this.#programs.get(generator)
    const program = known ?? this.#device.compile(toOnnx({ made: inferenceGraph(generator) }), { transferModel: true })
    this.#programs.set(generator, program)
    return program
  }
}

async function madeAnew(
  image: Image,
  landmarks: Landmarks,
  { shape: { part, size } }: Generator,
  program: Program,
  { detail, sharpening, interpolation }: Omit<Manner, 'generator'>,
): Promise<Image> {
  const square = squareOf(facePoints(landmarks), part)
  const seen = cutSquare(image, square, size)
  const faces = zeros('float32', [1, 3, size, size])
  toPlanes(seen, faces.data)
  const { made } = await program.run({ faces }, { transferFeeds: true })
  const colours = fromPlanes(made!.data as Float32Array)
  const area = { width: size, height: size }
  if (detail > 0) addDetail(colours, seen, area, { factor: detailFactor, share: detail })
  if (sharpening > 0) sharpen(colours, area, sharpening)
  return putBack(image, square, asImage(colours, size), interpolation)
}
