import type { RegionShares } from '../result.ts'

/** What a verdict about a face is made of. */
export interface FaceFindings {
  /** `Track.id`. */
  readonly track: number
  /** Median width in display pixels. */
  readonly width: number
  /** Of fake, 0 to 1: the mean of its clips, */
  readonly probability: number
  /** and the same of the recompressed copy. */
  readonly recompressed: number
  /** Of each clip, in the order of time, at least one. */
  readonly clips: readonly number[]
  /** Different frames that its clips show, and frames that make a clip of the model. */
  readonly frames: number
  readonly framesOfClip: number
  /** Where the evidence is; null where there is none. */
  readonly regions: RegionShares | null
}
