import type { Frame } from '../frame.ts'
import type { VideoInfo } from '../video.ts'
import type { Tally } from './tally.ts'

export type Allocate = (bytes: number) => Uint8Array<ArrayBuffer>

/** A frame that is decoded but not copied: until the next but one is decoded. */
export interface Decoded {
  /** As of `Frame`. */
  readonly seconds: number
  /** When the next one is expected. */
  readonly endSeconds: number
  /** @param allocate gives the memory for the pixels; default: new memory */
  copy(allocate?: Allocate): Frame | Promise<Frame>
}

/** Decodes a video from any time on. */
export interface Reader extends AsyncDisposable {
  readonly info: VideoInfo
  readonly tally: Tally
  /**
   * Makes the frame shown at a time come up: `next` will give it, perhaps after some before it.
   * @param seconds at least 0
   * @returns false when it did not move, as the frame comes soon anyway: frames that were given go on being valid
   */
  seek(seconds: number): Promise<boolean>
  /** The next frame, later than the one before; undefined after the last. */
  next(): Promise<Decoded | undefined>
}
