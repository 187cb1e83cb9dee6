/** Why a verdict is what it is. */
export const reasonCodes = [
  'evidence',
  'no-evidence',
  'between',
  'small-face',
  'few-frames',
  'recompression',
  'clips-disagree',
  'no-face',
  'faces-too-brief',
  'faces-left-out',
  'file-damaged',
] as const

export type ReasonCode = (typeof reasonCodes)[number]

export interface Reason {
  readonly code: ReasonCode
  /** In words for people, e.g. "face only 42 px wide", without a full stop. */
  readonly message: string
  /** `Track.id` of the face that it is about; null: the video. */
  readonly track: number | null
}
