import type { Cell } from '../../page/html.ts'
import { element, escapeMarkup } from '../../plot/markup.ts'
import type { Estimate } from '../metrics/bootstrap.ts'
import type { MetricName } from '../metrics/table.ts'
import { intervalText, metricText } from '../words.ts'

/** A metric with its interval below. */
export function estimateCell(name: MetricName, estimate: Estimate): Cell {
  const interval = intervalText(name, estimate)
  const below = interval && element('span', { class: 'interval' }, escapeMarkup(interval))
  return { markup: `${escapeMarkup(metricText(name, estimate.value))} ${below}`, class: 'number' }
}
