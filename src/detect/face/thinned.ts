/** So many are kept at most. */
const most = 16

/** Keeps a few of arbitrarily many items, evenly spread over them. */
export class Thinned<T> {
  #items: T[] = []
  #step = 1
  #seen = 0

  /** @param make is called only where the item is kept */
  add(make: () => T): void {
    if (this.#seen++ % this.#step !== 0) return
    this.#items.push(make())
    if (this.#items.length < most) return
    this.#items = this.#items.filter((_, i) => i % 2 === 0)
    this.#step *= 2
  }

  /** In the order in which they came; the first one is always among them. */
  get items(): readonly T[] {
    return this.#items
  }
}
