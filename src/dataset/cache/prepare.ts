/** How far the cutting out is. */
export interface PrepareProgress {
  readonly done: number
  readonly total: number
  /** Entries a second so far. */
  readonly perSecond: number
  /** Entries of which nothing was cut out. */
  readonly failures: number
}

export interface PrepareOptions {
  readonly onProgress?: (progress: PrepareProgress) => void
  readonly signal?: AbortSignal
}

/**
 * Does something with every item, several at a time.
 * @param one gives what went wrong with an item, if anything; what it throws ends everything
 * @returns what went wrong, in the order of the items
 * @throws what `one` throws first, or the signal's reason, at once
 */
export async function prepareAll<Item, Problem>(
  items: readonly Item[],
  one: (item: Item) => Promise<Problem | undefined>,
  lanes: number,
  { signal, onProgress }: PrepareOptions,
): Promise<Problem[]> {
  signal?.throwIfAborted()
  const begin = performance.now()
  const problems = new Map<number, Problem>()
  const queue = items.entries()
  let [done, stopped] = [0, false]
  const lane = async () => {
    for (const [i, item] of queue) {
      if (stopped) return
      const problem = await one(item)
      if (stopped) return
      if (problem !== undefined) problems.set(i, problem)
      const perSecond = (1000 * ++done) / (performance.now() - begin)
      onProgress?.({ done, total: items.length, perSecond, failures: problems.size })
    }
  }
  const aborted = Promise.withResolvers<never>()
  aborted.promise.catch(() => {})
  const abort = () => aborted.reject(signal?.reason)
  signal?.addEventListener('abort', abort)
  try {
    await Promise.race([aborted.promise, Promise.all(Array.from({ length: lanes }, lane))])
  } finally {
    stopped = true
    signal?.removeEventListener('abort', abort)
  }
  return [...problems].toSorted(([one], [other]) => one - other).map(([, problem]) => problem)
}
