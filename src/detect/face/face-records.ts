import type { FaceClip } from '../../clip/reader.ts'
import type { Model } from '../../network/model-file.ts'
import { FaceRecord } from './face-record.ts'

/** So many faces of a video are judged at most, the widest: what a crowd costs in time, memory and pages. */
export const mostFaces = 32

interface Kept {
  readonly record: FaceRecord
  /** Of what its crops showed, the most, display pixels: it only grows, so that faces do not take turns. */
  width: number
}

/** The records of a video's faces, those of the widest. */
export class FaceRecords {
  readonly #model: Model
  readonly #kept = new Map<number, Kept>()
  /** `Track.id` of all that came. */
  readonly #seen = new Set<number>()

  constructor(model: Model) {
    this.#model = model
  }

  /**
   * The record that a clip belongs to. Where there are as many as may be, a wider face takes the place of the narrowest.
   * @returns undefined where its face is not among the widest
   */
  of({ track, regions }: Pick<FaceClip, 'track' | 'regions'>): FaceRecord | undefined {
    const { width } = regions[0]!
    this.#seen.add(track)
    const known = this.#kept.get(track)
    if (known) {
      known.width = Math.max(known.width, width)
      return known.record
    }
    if (this.#kept.size === mostFaces) {
      const [narrowest, least] = [...this.#kept].reduce((a, b) => (b[1].width < a[1].width ? b : a))
      if (width <= least.width) return undefined
      this.#kept.delete(narrowest)
    }
    const record = new FaceRecord(this.#model)
    this.#kept.set(track, { record, width })
    return record
  }

  /** @param track `Track.id` */
  get(track: number): FaceRecord | undefined {
    return this.#kept.get(track)?.record
  }

  /** Faces that clips showed, judged or not. */
  get seen(): number {
    return this.#seen.size
  }
}
