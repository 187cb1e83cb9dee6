import { checkOptions } from '../options.ts'
import type { DeviceReport } from '../runtime/index.ts'
import { displaySize, type Frame } from '../video/frame.ts'
import type { Region } from '../video/image.ts'
import { crop, squareAround } from '../video/sample/crop.ts'
import { inputSize } from './anchors.ts'
import { type Candidate, candidatesOf } from './candidate.ts'
import { type DetectOptions, detectOptions } from './detector-options.ts'
import type { Face } from './face.ts'
import { faceOf } from './grid.ts'
import { loadBlazeFace } from './model.ts'
import { type FaceNetwork, type FaceNetworkOptions, openFaceNetwork } from './network.ts'
import { search } from './search.ts'
import { suppress } from './suppression.ts'

/** `model`: BlazeFace "back". */
export type FaceDetectorOptions = FaceNetworkOptions

/** Finds faces in pictures. */
export interface FaceDetector extends AsyncDisposable {
  readonly report: DeviceReport
  /**
   * The faces in a frame, best first.
   * @throws UnmaskError `option-invalid`, `device-failed`, `disposed`, or the signal's reason
   */
  detect(frame: Frame, options?: DetectOptions & { readonly signal?: AbortSignal }): Promise<Face[]>
}

/**
 * Opens the face detector: BlazeFace, by default on a device of its own, one thread of the processor (3 ms a run).
 * @throws UnmaskError `device-missing`, `device-failed`, `usage`, `file-access`, `package-damaged`, `digest-missing`
 */
export async function openFaceDetector(options: FaceDetectorOptions = {}): Promise<FaceDetector> {
  return new BlazeFace(await openFaceNetwork(loadBlazeFace, options))
}

class BlazeFace implements FaceDetector {
  readonly report: DeviceReport
  readonly #network: FaceNetwork

  constructor(network: FaceNetwork) {
    this.report = network.report
    this.#network = network
  }

  async detect(frame: Frame, options: DetectOptions & { readonly signal?: AbortSignal } = {}): Promise<Face[]> {
    const { signal, ...rest } = options
    const checked = checkOptions(detectOptions, rest, 'face detection')
    signal?.throwIfAborted()
    const look = (region: Region, least: number) => this.#look(frame, region, least, signal)
    const faces = await search(look, { size: displaySize(frame), whole: squareAround(frame), ...checked })
    return faces.map(faceOf)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#network[Symbol.asyncDispose]()
  }

  async #look(frame: Frame, region: Region, least: number, signal?: AbortSignal): Promise<Candidate[]> {
    const { data } = crop(frame, region, { width: inputSize, height: inputSize }, { outside: 'black' })
    const input = { dtype: 'float32', shape: [1, inputSize, inputSize, 3], data: normalised(data) } as const
    const results = await this.#network.run(
      { 'input:0': input },
      { transferFeeds: true, ...(signal ? { signal } : {}) },
    )
    return suppress(candidatesOf(results, region, least))
  }
}

const levels = Float32Array.from({ length: 256 }, (_, i) => i / 127.5 - 1)

/** From 0 to 255 to -1 to 1. */
function normalised(pixels: Uint8Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(pixels.length)
  for (let i = 0; i < values.length; i++) values[i] = levels[pixels[i]!]!
  return values
}
