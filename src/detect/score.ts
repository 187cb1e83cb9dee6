import type { Tensor } from '../tensor/tensor.ts'
import type { Region } from '../video/image.ts'
import type { Warning } from '../video/video.ts'

/** What a model says of one clip of one face. */
export interface ClipScore {
  /** Of real and of fake, before softmax. */
  readonly logits: readonly [real: number, fake: number]
  /** Of fake, 0 to 1; calibrated where the model says how. */
  readonly probability: number
  /** Where each region head looks in each snippet, [T, N, H', W']; only of a scorer that explains. */
  readonly attention?: Tensor<'float32'>
  /** Where in each frame the evidence for fake rather than real is, [T L, H', W'], in logits, >= 0; only of a scorer that explains. */
  readonly cam?: Tensor<'float32'>
  /** What the head for single frames says of each, [T L, 2], real and fake; only of a scorer that explains a model with one. */
  readonly frames?: Tensor<'float32'>
}

/** A clip's score and what it is of. */
export interface FaceClipScore extends ClipScore {
  /** Number of the clip in the plan, from 0. */
  readonly clip: number
  /** Of its frames, snippet after snippet: when they are shown, and what the crops show, in display pixels. */
  readonly seconds: readonly number[]
  readonly regions: readonly Region[]
  /** How many frames stand in for others. */
  readonly repeated: number
}

/** What a model says of one face of a video. */
export interface FaceScore {
  /** `Track.id`. */
  readonly track: number
  /** Median width of the face in display pixels. */
  readonly width: number
  /** In the order of time, at least one. */
  readonly clips: readonly FaceClipScore[]
  /** Of fake, 0 to 1: `faceProbability` of its clips. */
  readonly probability: number
}

/** What a model says of a video. */
export type VideoScore = {
  /** Frames that were decoded, and what was wrong with the file. */
  readonly framesDecoded: number
  readonly warnings: readonly Warning[]
} & (
  | {
      readonly outcome: 'scored'
      /** In the order of appearance, at least one. */
      readonly faces: readonly FaceScore[]
      /** Of fake, 0 to 1: `videoProbability` of its faces. */
      readonly probability: number
    }
  | {
      readonly outcome: 'no-face'
      /** Faces that were seen, but in no clip for half of its frames. */
      readonly facesSeen: number
    }
)
