import { normalQuantile975 } from './normal.ts'

/** The 95 % interval of a share that was seen in `count` > 0 independent samples (Wilson 1927): never of no width. */
export function wilsonInterval(share: number, count: number): { low: number; high: number } {
  const square = normalQuantile975 ** 2
  const centre = share + square / (2 * count)
  const reach = normalQuantile975 * Math.sqrt((share * (1 - share)) / count + square / (4 * count ** 2))
  const scale = 1 + square / count
  return { low: Math.max((centre - reach) / scale, 0), high: Math.min((centre + reach) / scale, 1) }
}
