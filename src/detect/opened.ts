/**
 * Waits for things that are being opened at the same time.
 * @throws the first error, once the others are open and disposed of again
 */
export async function allOpened<const T extends readonly AsyncDisposable[]>(
  opening: {
    readonly [K in keyof T]: Promise<T[K]>
  },
): Promise<T> {
  const results = await Promise.allSettled(opening)
  const failed = results.find((result) => result.status === 'rejected')
  if (!failed) return results.map((result) => (result as PromiseFulfilledResult<AsyncDisposable>).value) as never
  await Promise.all(results.map((result) => result.status === 'fulfilled' && result.value[Symbol.asyncDispose]()))
  throw failed.reason
}
