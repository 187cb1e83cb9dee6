/** What a model said of one clip of one face. */
export interface ScoredClip {
  readonly fromSeconds: number
  readonly toSeconds: number
  /** Of fake, 0 to 1. */
  readonly probability: number
}

/** What a model said of one face: from its clips. */
export interface ScoredFace {
  /** `Track.id`. */
  readonly track: number
  /** Median width of the face in display pixels. */
  readonly width: number
  readonly clips: readonly ScoredClip[]
  readonly probability: number
}

/** What a model said of one video: from its faces. */
export interface ScoredVideo {
  readonly path: string
  readonly label: 'real' | 'fake'
  readonly subset: string
  readonly faces: readonly ScoredFace[]
  readonly probability: number
}

/** A video of which nothing can be said. */
export interface FailedVideo {
  readonly path: string
  readonly label: 'real' | 'fake'
  readonly subset: string
  /** `no-face`, or the code of the error. */
  readonly reason: string
  readonly message: string
}
