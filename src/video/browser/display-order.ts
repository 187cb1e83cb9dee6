/** Frames that may be shown between the decoding of one and its showing: so many references H.264 and H.265 allow. */
const most = 16

/**
 * Puts what comes in the order of decoding into that of showing. Browsers should give frames so, but WebKit's do not
 * always: a frame later than all before it tells that those can go.
 */
export class DisplayOrder<Item extends { readonly timestamp: number }> {
  #held: Item[] = []

  /** @returns items that can go, in order */
  add(item: Item): Item[] {
    const last = this.#held.at(-1)
    const go = last && item.timestamp >= last.timestamp ? this.#held : []
    if (go.length > 0) this.#held = []
    const at = this.#held.findIndex((other) => other.timestamp > item.timestamp)
    this.#held.splice(at < 0 ? this.#held.length : at, 0, item)
    // Times that begin anew would be waited for in vain.
    return this.#held.length > most ? [...go, this.#held.shift()!] : go
  }

  /** All that are left, in order. */
  rest(): Item[] {
    const rest = this.#held
    this.#held = []
    return rest
  }
}
