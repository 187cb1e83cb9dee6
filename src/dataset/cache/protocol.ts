import type { ErrorCode } from '../../errors.ts'
import type { ResolvedCropSettings } from './settings.ts'

/** What a cropping process is told first. */
export interface CropJob {
  readonly settings: ResolvedCropSettings
  readonly recipe: string
  /** Whether each video is decoded in a further process. */
  readonly isolated: boolean
}

/** Then, one after the other: cut the faces out of this entry and write them there. */
export interface CropTask {
  readonly path: string
  readonly target: string
}

/** What it answers to each task. */
export type CropAnswer =
  | { readonly clips: number }
  /** `fatal`: not for what is in the entry, so that the next would fare no better. */
  | { readonly failure: { readonly code: ErrorCode | undefined; readonly message: string; readonly fatal: boolean } }
