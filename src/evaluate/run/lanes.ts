/**
 * Does work for each item, several at a time, begun in the order of the items. The first failure ends it: what is under
 * way is waited for, nothing else is begun.
 * @param lanes what each of those working at the same time has for itself; as many work as there are of them
 * @throws what the work throws first
 */
export async function inLanes<Lane, Item>(
  lanes: readonly Lane[],
  items: readonly Item[],
  work: (item: Item, lane: Lane) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]()
  const failures: unknown[] = []
  await Promise.all(
    lanes.map(async (lane) => {
      for (const item of waiting) {
        if (failures.length > 0) return
        await work(item, lane).catch((error) => failures.push(error))
      }
    }),
  )
  if (failures.length > 0) throw failures[0]
}
