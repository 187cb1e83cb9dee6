import type { EncodedPacket } from 'mediabunny'
import type { Tally } from '../reading/tally.ts'
import { type Coming, Decoding } from './decoding.ts'
import { messageOf } from './errors.ts'
import type { SequenceHeader } from './headers/index.ts'
import { checkSize, sizeOf } from './picture.ts'
import type { Track } from './track.ts'

/** Key frames are looked for in the packets themselves: containers are often wrong about them, and decoders refuse others. */
const verified = { verifyKeyPackets: true }

/** From packets to decoded frames, in the order in which they are shown. */
export class Pipeline {
  readonly tally: Tally
  readonly #track: Track
  readonly #pixels: number
  #decoding: Decoding | undefined
  #readHeader: (packet: Uint8Array) => SequenceHeader = () => ({})
  #header: SequenceHeader = {}
  /** With which decoding began. */
  #key: EncodedPacket | undefined
  /** To be decoded next; null after the last, undefined when the decoder knows that it was the last. */
  #upcoming: EncodedPacket | null | undefined
  /** The last one of which a frame came. */
  #reached: EncodedPacket | undefined
  /** Whether packets before the key frame in time follow it, and are whole only without what came before. */
  #skipsLeading = false
  #closed = false
  /** Packets that hold no picture to show: cut off by an edit list, or only there for others to refer to. */
  notShown = 0

  constructor(track: Track, pixels: number, tally: Tally) {
    this.#track = track
    this.#pixels = pixels
    this.tally = tally
  }

  /** Goes to the first frame. @returns whether there is one to begin with */
  async start(): Promise<boolean> {
    const key = await this.#read(() => this.#track.packets.getFirstKeyPacket(verified))
    this.notShown = 0
    if (key) this.#begin(key, false)
    return key !== null
  }

  /** The last key frame at or before a time stamp, seconds. */
  keyBefore(timestamp: number): Promise<EncodedPacket | null> {
    return this.#read(() => this.#track.packets.getKeyPacket(timestamp, verified))
  }

  /** Whether decoding has gone beyond a packet. */
  passed(packet: EncodedPacket): boolean {
    if (this.#upcoming === undefined || this.#upcoming === null) return this.#key !== undefined
    return packet.sequenceNumber < this.#upcoming.sequenceNumber
  }

  /** Goes to a key frame. */
  seek(key: EncodedPacket): void {
    this.#begin(key, true)
  }

  /**
   * Decodes the next frame.
   * @returns undefined after the last; what was wrong is in the tally
   * @throws UnmaskError `video-limit` for a frame of too many pixels
   */
  async decode(): Promise<Coming | undefined> {
    for (;;) {
      const decoding = this.#decoding
      if (!decoding || this.#closed) return undefined
      await this.#feed(decoding)
      const coming = decoding.take()
      this.#countLost(decoding)
      if (coming) {
        if (this.#accept(coming)) return coming
      } else if (decoding.failure !== undefined) {
        if (!(await this.#recover(decoding.failure))) return undefined
      } else if (decoding.done) return undefined
      else await decoding.changed()
    }
  }

  /** Ends what goes on at once, and lets go of the decoder. */
  close(): void {
    this.#closed = true
    this.#decoding?.close()
    this.#decoding = undefined
  }

  #begin(key: EncodedPacket, skipsLeading: boolean): void {
    this.#decoding?.close()
    this.#decoding = new Decoding(this.#track.config)
    this.#readHeader = this.#track.readHeaders()
    this.#key = key
    this.#upcoming = key
    this.#reached = undefined
    this.#skipsLeading = skipsLeading
  }

  async #feed(decoding: Decoding): Promise<void> {
    while (this.#upcoming !== undefined && decoding.hungry && !this.#closed) {
      const packet = this.#upcoming
      if (packet === null) {
        this.#upcoming = undefined
        decoding.finish()
        return
      }
      if (packet.type === 'key') this.#header = this.#readHeader(packet.data)
      const leads = this.#skipsLeading && packet.timestamp < this.#key!.timestamp
      const shown = isShown(packet, this.#track.codec)
      if (!shown) this.notShown++
      // A packet without bytes would be an error; the last picture just stays.
      if (packet.data.length > 0 && !leads) {
        decoding.feed({ packet, header: this.#header, shown }, this.#track.prepare(packet))
      }
      this.#upcoming = await this.#after(packet)
    }
  }

  /** The next packet; null after the last. */
  async #after(packet: EncodedPacket): Promise<EncodedPacket | null> {
    const { packets } = this.#track
    const next = await this.#read(() => packets.getNextPacket(packet, verified))
    // Its index may name a packet of which the bytes are not there.
    if (!next && (await this.#read(() => packets.getNextPacket(packet, { metadataOnly: true })))) {
      this.tally.warn('data-truncated', 'the file ends before its last frame')
    }
    return next
  }

  /** What cannot be read is as good as not there. */
  async #read(read: () => Promise<EncodedPacket | null>): Promise<EncodedPacket | null> {
    try {
      return await read()
    } catch (error) {
      if (!this.#closed) this.tally.warn('data-truncated', `reading ended early: ${messageOf(error)}`)
      return null
    }
  }

  #accept({ frame, origin }: Coming): boolean {
    this.#reached = origin.packet
    try {
      checkSize(sizeOf(frame), this.#pixels)
    } catch (error) {
      frame.close()
      throw error
    }
    const { from, to } = this.#track.shown
    const half = 0.5 / this.#track.resolution
    const { timestamp } = origin.packet
    const cutOff = timestamp < from - half || timestamp >= to - half
    if (cutOff) {
      frame.close()
      this.notShown++
    } else this.tally.framesDecoded++
    return !cutOff
  }

  #countLost(decoding: Decoding): void {
    for (; decoding.lost > 0; decoding.lost--) {
      this.tally.count(
        'data-damaged',
        (count) => `${count} packets or decoders failed; the last one: a packet gave no frame`,
      )
    }
  }

  /** A decoder that failed is of no more use; another one goes on with the next key frame. @returns whether there is one */
  async #recover(failure: unknown): Promise<boolean> {
    const why = messageOf(failure)
    this.tally.count('data-damaged', (count) => `${count} packets or decoders failed; the last one: ${why}`)
    const reached = this.#reached ?? this.#key!
    const key = await this.#read(() => this.#track.packets.getNextKeyPacket(reached, verified))
    if (!key || this.#closed || key.sequenceNumber <= this.#key!.sequenceNumber) return false
    this.#begin(key, true)
    return true
  }
}

/** VP8 says in its first byte whether a frame is shown; elsewhere each packet has one that is, if it has anything. */
function isShown({ data }: EncodedPacket, codec: string): boolean {
  return codec === 'vp8' ? (data[0]! & 16) !== 0 : data.length > 0
}
