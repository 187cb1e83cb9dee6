import type { Frame } from '../video/frame.ts'
import type { Region } from '../video/image.ts'
import type { FaceDetector } from './detector.ts'
import type { SmallFaces } from './detector-options.ts'
import type { Face, Track } from './face.ts'
import { lookOf } from './look.ts'
import { cut, type Scene, sceneDistance, sceneOf } from './scene.ts'
import { FaceTracker } from './tracker.ts'

/** Score from which on a face can go on with a track; to begin one it takes more. */
const least = 0.5

/** Seconds after which small faces are looked for again in the same shot. */
const again = 2

/** Finds faces in frames that come in the order of time, and follows them: the detector is told where to look closely. */
export class FaceFollower {
  readonly #detector: FaceDetector
  readonly #small: SmallFaces
  readonly #tracker = new FaceTracker()
  #looked = 0
  /** Of the frame before. */
  #scene: Scene | undefined
  /** When tiles were looked at last. */
  #tiled = Number.NEGATIVE_INFINITY

  /** @param small `auto`: in tiles too at new shots and every two seconds */
  constructor(detector: FaceDetector, small: SmallFaces = 'auto') {
    this.#detector = detector
    this.#small = small
  }

  /**
   * @returns the faces in the frame, and where faces should be that were seen just before
   * @throws what detecting throws
   */
  async look(
    frame: Frame,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<{ readonly faces: readonly Face[]; readonly expected: readonly Region[] }> {
    const expected = this.#tracker.expectedAt(frame.seconds)
    const scene = sceneOf(frame)
    const small = this.#inTiles(scene, frame.seconds)
    const faces = await this.#detector.detect(frame, { small, least, expected, ...options })
    this.#tracker.add(lookOf(frame, faces, scene))
    this.#looked++
    return { faces, expected }
  }

  /** The faces that were seen so far; who has a number keeps it. */
  get tracks(): Track[] {
    return this.#tracker.tracks()
  }

  /** Of these, the ones seen from a time on, with their frames since then: what a long video had before costs nothing. */
  since(seconds: number): Pick<Track, 'id' | 'frames'>[] {
    return this.#tracker.since(seconds)
  }

  /** Frames looked at. */
  get looked(): number {
    return this.#looked
  }

  #inTiles(scene: Scene, seconds: number): SmallFaces {
    if (this.#small !== 'auto') return this.#small
    const isNew = this.#scene === undefined || sceneDistance(this.#scene, scene) >= cut
    this.#scene = scene
    if (!isNew && seconds - this.#tiled < again) return 'never'
    this.#tiled = seconds
    return 'always'
  }
}
