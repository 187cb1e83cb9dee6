/**
 * The same items, each begun while the one before is in use: what a producer does (decoding) then overlaps with what the
 * consumer does (computing). At most one item is held ready.
 */
export async function* ahead<T>(items: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  let next = begin(items)
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = begin(items)
      yield value
    }
  } finally {
    await next.catch(() => {}) // a generator ends only after the item it is at
    await items.return()
  }
}

/** The failure of an item that is not asked for yet is not an unhandled one. */
function begin<T>(items: AsyncGenerator<T, void, undefined>): Promise<IteratorResult<T, void>> {
  const next = items.next()
  next.catch(() => {})
  return next
}
