import type { TrackQuality } from '../face/face.ts'
import type { DeviceReport } from '../runtime/index.ts'
import type { Image, Region } from '../video/image.ts'
import type { Warning } from '../video/video.ts'
import type { FacesChoice } from './faces.ts'
import type { Reason } from './reasons.ts'

/** `uncertain`: there is a face, but what was seen does not suffice for an answer; the reasons say why. */
export const verdicts = ['fake', 'real', 'uncertain', 'no-face'] as const

export type Verdict = (typeof verdicts)[number]

/** What was found out about a video: the same in Node and in the browser. */
export interface Detection {
  readonly verdict: Verdict
  /** That a face of it was forged, 0 to 1, calibrated; the largest of the main faces. Null without a face. */
  readonly probability: number | null
  /** Why, in words, the most important first; at least one. */
  readonly reasons: readonly Reason[]
  /** In the order of appearance. */
  readonly faces: readonly DetectedFace[]
  readonly basis: Basis
}

/** One person's face through the video. */
export interface DetectedFace {
  /** `Track.id`, from 1. */
  readonly track: number
  readonly startSeconds: number
  readonly endSeconds: number
  readonly verdict: Exclude<Verdict, 'no-face'>
  /** 0 to 1, calibrated: the mean of its clips. */
  readonly probability: number
  /** The same of a recompressed copy of what the model saw. */
  readonly recompressed: number
  /** Whether the video's verdict counts it: faces less than half as wide as the widest do not count. */
  readonly isMain: boolean
  readonly reasons: readonly Reason[]
  /** In the order of time, at least one. */
  readonly clips: readonly DetectedClip[]
  /** A picture of it, from the middle of the track. */
  readonly thumbnail: Still
  /** Where in the face the evidence for fake is, as shares that sum to 1; null where there is no evidence at all. */
  readonly regions: RegionShares | null
  /** Null where the model has no relation module. */
  readonly relations: RelationGraph | null
  /** The frames with the most evidence for fake, at most three, in the order of time. */
  readonly moments: readonly Moment[]
  readonly quality: TrackQuality
}

/** What a model says of some seconds of a face. */
export interface DetectedClip {
  readonly startSeconds: number
  readonly endSeconds: number
  /** 0 to 1, calibrated. */
  readonly probability: number
  /** In the order of time. */
  readonly snippets: readonly DetectedSnippet[]
}

/** A few consecutive frames. */
export interface DetectedSnippet {
  readonly startSeconds: number
  readonly endSeconds: number
  /** Of its frames, each looked at on its own, 0 to 1, calibrated as the clip; null where the model does not judge frames. */
  readonly probability: number | null
  /** Share of the clip's evidence for fake that is in it, 0 to 1. */
  readonly evidence: number
  /** Where the face is in its first frame, display pixels, and where the evidence is, of all its frames. */
  readonly region: Region
  readonly heat: Heat
}

/** Evidence for fake over what a crop shows, >= 0, in logits: [height, width]. */
export interface Heat {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** What a crop of the video shows. */
export interface Still {
  readonly seconds: number
  /** Display pixels. */
  readonly region: Region
  readonly image: Image
}

/** A frame that matters, with where the evidence in it is. */
export interface Moment extends Still {
  /** Of the frame on its own, calibrated as the clip; that of its clip where the model does not judge frames. */
  readonly probability: number
  readonly heat: Heat
}

/** Parts of a face by which it is told where evidence is. `elsewhere`: in the crop, but outside the face. */
export const evidenceRegions = ['forehead', 'eyes', 'nose', 'cheeks', 'mouth', 'chin', 'elsewhere'] as const

export type EvidenceRegion = (typeof evidenceRegions)[number]

export type RegionShares = Readonly<Record<EvidenceRegion, number>>

/** The graph of the method: regions that attention found, and how much one follows another. */
export interface RelationGraph {
  readonly vertices: readonly RelationVertex[]
  /** adjacency[i][j]: how much vertex i takes from vertex j, as the network has learnt it; not of this video alone. */
  readonly adjacency: readonly (readonly number[])[]
}

/** One attention head, over all clips of a face. */
export interface RelationVertex {
  /** Centre of its attention in what a crop shows, shares of width and height, 0 to 1. */
  readonly x: number
  readonly y: number
  /** Standard deviation of its attention around it, share of the width. */
  readonly spread: number
  /** The part of the face that its centre lies in. */
  readonly region: EvidenceRegion
  /** Share of the evidence for fake under its attention, 0 to 1; the sum over vertices is 1, or 0 without evidence. */
  readonly evidence: number
}

/** What an answer rests on. */
export interface Basis {
  /** Version of Unmask. */
  readonly version: string
  readonly model: {
    /** SHA-256 of the file. */
    readonly hash: string
    readonly name: string
    /** Whether it is calibrated; where it is not, what is called a probability here is a score and no more. */
    readonly calibrated: boolean
    /** Probabilities from which on a face is called fake, and up to which it is called real. */
    readonly fakeFrom: number
    readonly realUpTo: number
  }
  readonly video: {
    /** As the file says; undefined where it says nothing. */
    readonly durationSeconds: number | undefined
    readonly width: number
    readonly height: number
    /** What is wrong with the file. */
    readonly warnings: readonly Warning[]
  }
  readonly faces: {
    /** Which were to count: all, or only the widest one. */
    readonly wanted: FacesChoice
    /** How many others were in view for long enough, but are narrower and were therefore not judged. */
    readonly leftOut: number
  }
  /** Frames that the clips of a face need, over all of them, and those that had to stand in for others. */
  readonly framesExpected: number
  readonly framesRepeated: number
  /** Frames decoded in all. */
  readonly framesDecoded: number
  readonly device: DeviceReport
  /** Time that it took. */
  readonly seconds: number
}
