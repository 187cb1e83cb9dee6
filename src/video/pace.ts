/** Times are whole microseconds, so a frame of exactly the rate may come a little early for its interval. */
const tolerance = 0.01

/**
 * Thins frames out to a rate: time is cut into intervals of 1 / rate from the first frame on, and of each the first frame
 * is wanted. Without a rate every frame is.
 * @returns whether the frame at this time is wanted; to be asked once for each frame, in order
 */
export function pace(rate: number | undefined): (seconds: number) => boolean {
  let start: number | undefined
  let last = -1
  return (seconds) => {
    if (rate === undefined) return true
    start ??= seconds
    const interval = Math.floor((seconds - start) * rate + tolerance)
    if (interval <= last) return false
    last = interval
    return true
  }
}
