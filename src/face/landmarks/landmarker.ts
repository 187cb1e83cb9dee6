import { checkOptions } from '../../options.ts'
import type { DeviceReport } from '../../runtime/index.ts'
import type { Image } from '../../video/image.ts'
import { faceBoxInCrop } from '../crop.ts'
import { loadFaceMesh } from '../model.ts'
import { type FaceNetwork, type FaceNetworkOptions, openFaceNetwork } from '../network.ts'
import { onLandmarkGrid } from './grid.ts'
import { type Landmarks, landmarkCount } from './landmarks.ts'
import { image as imageSchema, type LocateOptions, locateOptions } from './options.ts'
import { type Planes, rgbPlanes, sampleSquare } from './sample-square.ts'
import { squareOfBox, squareOfLandmarks } from './square-of-face.ts'
import { placeIn, type TiltedSquare, turnBetween } from './tilted-square.ts'

/** `model`: MediaPipe's face mesh. */
export type LandmarkerOptions = FaceNetworkOptions

/** Landmarks, and how sure it is that they are on a face. */
export interface FaceMesh {
  /** On a grid of 1/16 pixel, so that they are the same on every device. */
  readonly landmarks: Landmarks
  /** 0 to 1, in thousandths: whether there is a face at all. */
  readonly presence: number
}

/** Finds the landmarks of faces. */
export interface Landmarker extends AsyncDisposable {
  readonly report: DeviceReport
  /**
   * The landmarks of the face in a picture. Some are always found: of what shows no face they mean nothing; see `mesh`.
   * @throws UnmaskError `option-invalid`, `device-failed`, `disposed`, or the signal's reason
   */
  locate(image: Image, options?: LocateOptions): Promise<Landmarks>
  /** The same, and how sure it is that there is a face. */
  mesh(image: Image, options?: LocateOptions): Promise<FaceMesh>
}

/**
 * Opens the finder of landmarks: MediaPipe's face mesh, by default on a device of its own, one thread of the
 * processor.
 * @throws UnmaskError `device-missing`, `device-failed`, `usage`, `file-access`, `package-damaged`, `digest-missing`
 */
export async function openLandmarker(options: LandmarkerOptions = {}): Promise<Landmarker> {
  return new MeshLandmarker(await openFaceNetwork(loadFaceMesh, options))
}

/** Width and height of what the network sees. */
const inputSize = 192

/** Looks at a face. */
const most = 4

/** Sine of the angle, 6 degrees, by which a face may stand askew in the last look. */
const askew = 0.1

/** Steps in the range of presence. */
const scores = 1000

class MeshLandmarker implements Landmarker {
  readonly report: DeviceReport
  readonly #network: FaceNetwork

  constructor(network: FaceNetwork) {
    this.report = network.report
    this.#network = network
  }

  async locate(image: Image, options?: LocateOptions): Promise<Landmarks> {
    return (await this.mesh(image, options)).landmarks
  }

  /** Looks twice: the second time straight at the face that the first look found. More often where the head is much tilted. */
  async mesh(image: Image, options: LocateOptions = {}): Promise<FaceMesh> {
    const { around, signal } = checkOptions(locateOptions, options, 'landmarks')
    const planes = rgbPlanes(checkOptions(imageSchema, image, 'landmarks'))
    signal?.throwIfAborted()
    let square = squareOfBox(around ?? faceBoxInCrop(image))
    let mesh = await this.#look(planes, square, signal)
    for (let look = 2; look <= most; look++) {
      const before = square
      square = squareOfLandmarks(mesh.landmarks)
      if (look > 2 && turnBetween(before, square) < askew) break
      mesh = await this.#look(planes, square, signal)
    }
    return mesh
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#network[Symbol.asyncDispose]()
  }

  async #look(planes: Planes, square: TiltedSquare, signal?: AbortSignal): Promise<FaceMesh> {
    const data = sampleSquare(planes, square, inputSize)
    const input = { dtype: 'float32', shape: [1, inputSize, inputSize, 3], data } as const
    const results = await this.#network.run({ image: input }, { transferFeeds: true, ...(signal ? { signal } : {}) })
    const presence = Math.round((results.presence!.data[0] as number) * scores) / scores
    return { landmarks: landmarksOf(results.landmarks!.data as Float32Array, square), presence }
  }
}

/** @param found [468, 3]: x, y and depth, pixels of the square as the network sees it */
function landmarksOf(found: Float32Array, square: TiltedSquare): Landmarks {
  const landmarks = new Float32Array(2 * landmarkCount)
  for (let i = 0; i < landmarkCount; i++) {
    const [x, y] = placeIn(square, found[3 * i]! / inputSize, found[3 * i + 1]! / inputSize)
    landmarks[2 * i] = onLandmarkGrid(x)
    landmarks[2 * i + 1] = onLandmarkGrid(y)
  }
  return landmarks
}
