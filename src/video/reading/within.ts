import { UnmaskError } from '../../errors.ts'

/**
 * Waits for work that cannot be ended from outside, but not longer than a limit or a signal allow.
 * @throws UnmaskError `video-stalled`; the reason of the signal that comes first
 */
export async function within<T>(
  work: Promise<T>,
  stallSeconds: number,
  signals: readonly (AbortSignal | undefined)[],
): Promise<T> {
  const given = signals.filter((signal) => signal !== undefined)
  const { promise, reject } = Promise.withResolvers<never>()
  const stalled = () =>
    reject(new UnmaskError('video-stalled', `no frame within ${stallSeconds} s (limits.stallSeconds)`))
  const timer = setTimeout(stalled, Math.min(stallSeconds * 1000, 2 ** 31 - 1))
  const aborts = given.map((signal) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort)
    return () => signal.removeEventListener('abort', abort)
  })
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
    for (const forget of aborts) forget()
  }
}
