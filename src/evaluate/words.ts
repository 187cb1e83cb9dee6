import type { Against } from './evaluation.ts'
import type { Estimate } from './metrics/bootstrap.ts'
import { type MetricName, metrics } from './metrics/table.ts'

/** What stands where a number is undefined. */
export const undefinedMark = '–'

/** A metric as people read it: shares in percent, others to three places. */
export function metricText(name: MetricName, value: number | null): string {
  if (value === null) return undefinedMark
  return metrics[name].percent ? `${(100 * value).toFixed(1)} %` : value.toFixed(3)
}

/** The ends of an interval, without the unit; empty where there is none. */
export function intervalText(name: MetricName, { low, high }: Estimate): string {
  if (low === null || high === null) return ''
  const [from, to] = [low, high].map((end) => metricText(name, end).replace(' %', ''))
  return `${from} to ${to}`
}

/** A difference of a metric, with its sign; of shares in percentage points. */
export function differenceText(name: MetricName, value: number | null): string {
  const text = metricText(name, value).replace('%', 'pp')
  return value !== null && value >= 0 ? `+${text}` : text
}

/** What a subset is measured against. */
export const againstWords: Readonly<Record<Against, string>> = {
  itself: 'its own reals',
  'all-reals': 'all reals',
  nothing: 'one class only',
}
