import type { EncodedPacket } from 'mediabunny'
import { DisplayOrder } from './display-order.ts'
import type { SequenceHeader } from './headers/index.ts'

/** Packets in the decoder's queue and frames out of it, together: enough for it never to wait for the next packet. */
const ahead = 6

/** A packet that is decoded, and the header of its sequence. */
export interface Origin {
  readonly packet: EncodedPacket
  readonly header: SequenceHeader
  /** Whether a frame is to come of it; VP8 has packets that only later ones refer to. */
  readonly shown: boolean
}

/** A decoded frame, to be closed by the receiver. */
export interface Coming {
  readonly frame: VideoFrame
  readonly origin: Origin
}

/** One decoder, from a key packet on until it ends, fails or is closed. */
export class Decoding {
  readonly #decoder: VideoDecoder
  /** Of frames that have not come yet, in the order in which they were fed. */
  #origins: Origin[] = []
  readonly #order = new DisplayOrder<VideoFrame>()
  readonly #ready: VideoFrame[] = []
  #changed = Promise.withResolvers<void>()
  #failure: unknown
  #done = false
  /** Packets of which no frame came though later ones did. */
  lost = 0

  constructor(config: VideoDecoderConfig) {
    this.#decoder = new VideoDecoder({
      output: (frame) => {
        this.#ready.push(...this.#order.add(frame))
        this.#change()
      },
      error: (error) => this.#fail(error),
    })
    this.#decoder.ondequeue = () => this.#change()
    try {
      this.#decoder.configure(config)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Why it decodes no more; undefined while it does. Frames that came before may still be taken. */
  get failure(): unknown {
    return this.#failure
  }

  /** Whether the last frame has come. */
  get done(): boolean {
    return this.#done
  }

  get hungry(): boolean {
    return this.#decoder.state === 'configured' && this.#decoder.decodeQueueSize + this.#ready.length < ahead
  }

  /** @param data of the packet, prepared for decoders */
  feed(origin: Origin, data: Uint8Array): void {
    const { type, microsecondTimestamp: timestamp } = origin.packet
    this.#origins.push(origin)
    try {
      this.#decoder.decode(new EncodedVideoChunk({ type, timestamp, data }))
    } catch (error) {
      this.#fail(error)
    }
  }

  /** No more packets will be fed. */
  finish(): void {
    const end = () => {
      this.#ready.push(...this.#order.rest())
      this.#done = true
      this.#change()
    }
    this.#decoder.flush().then(end, (error) => this.#fail(error))
  }

  /** The next frame, if it has come already. */
  take(): Coming | undefined {
    const frame = this.#ready.shift()
    if (!frame) {
      if (this.#done) this.#forget(this.#origins.length, Number.POSITIVE_INFINITY)
      return undefined
    }
    const at = this.#origins.findIndex(({ packet }) => packet.microsecondTimestamp === frame.timestamp)
    const origin = this.#origins[at]
    if (!origin) {
      frame.close() // more than one of a packet
      return this.take()
    }
    this.#origins.splice(at, 1)
    this.#forget(at, frame.timestamp)
    return { frame, origin }
  }

  /** Resolves when there is a frame, room for packets, the end or a failure. */
  async changed(): Promise<void> {
    await this.#changed.promise
  }

  close(): void {
    for (const frame of [...this.#ready.splice(0), ...this.#order.rest()]) frame.close()
    if (this.#decoder.state !== 'closed') this.#decoder.close()
    this.#change()
  }

  /** Frames come in order: what was fed before this one and is to be shown earlier will not. */
  #forget(fedBefore: number, timestamp: number): void {
    const stays = ({ packet }: Origin, index: number) => index >= fedBefore || packet.microsecondTimestamp > timestamp
    this.lost += this.#origins.filter((origin, index) => origin.shown && !stays(origin, index)).length
    this.#origins = this.#origins.filter(stays)
  }

  #fail(error: unknown): void {
    if (this.#failure !== undefined) return
    this.#failure = error
    this.#ready.push(...this.#order.rest())
    this.#change()
  }

  #change(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}
