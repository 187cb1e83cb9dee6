/** Reads bits, the highest of a byte first. Throws RangeError beyond the end. */
export class BitReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Up to 32 bits as a number. */
  bits(count: number): number {
    let value = 0
    for (let i = 0; i < count; i++) value = value * 2 + this.#bit()
    return value
  }

  flag(): boolean {
    return this.#bit() === 1
  }

  skip(count: number): void {
    this.#at += count
  }

  /** ue(v) of H.264 and H.265: Exp-Golomb. */
  unsigned(): number {
    let zeros = 0
    while (!this.flag()) if (++zeros > 32) throw new RangeError('no Exp-Golomb number here')
    return 2 ** zeros - 1 + this.bits(zeros)
  }

  /** se(v): 0, 1, -1, 2, -2 ... */
  signed(): number {
    const value = this.unsigned()
    return value % 2 === 1 ? (value + 1) / 2 : -value / 2
  }

  #bit(): number {
    const byte = this.#bytes[this.#at >> 3]
    if (byte === undefined) throw new RangeError('the header ends too early')
    return (byte >> (7 - (this.#at++ & 7))) & 1
  }
}
