import type { Frame } from '../frame.ts'
import type { Limits } from '../options.ts'
import type { DecodeReport, VideoInfo } from '../video.ts'
import { type Plan, play } from './play.ts'
import { PlayedVideo } from './played-video.ts'
import type { Player } from './player.ts'
import { Playhead } from './playhead.ts'
import type { Reader } from './reader.ts'
import { memoryFor } from './reused.ts'

/** A video that is decoded here. */
export class LocalVideo extends PlayedVideo {
  /**
   * @param reader becomes the video's own
   * @param source closed after the reader
   */
  constructor(reader: Reader, limits: Limits, source?: AsyncDisposable) {
    super(new LocalPlayer(reader), limits, source)
  }
}

class LocalPlayer implements Player {
  readonly #reader: Reader
  readonly #playhead: Playhead

  constructor(reader: Reader) {
    this.#reader = reader
    this.#playhead = new Playhead(reader)
  }

  get info(): VideoInfo {
    return this.#reader.info
  }

  get report(): DecodeReport {
    return this.#reader.tally.report
  }

  play(plan: Plan, stopped: () => boolean): AsyncGenerator<Frame, void, undefined> {
    return play(this.#playhead, plan, stopped, memoryFor(plan))
  }

  abandon(): void {
    // What a decoder is at cannot be ended; the next plan waits for it.
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader[Symbol.asyncDispose]()
  }
}
