import type { ComparedGroup, Comparison } from '../../evaluate/compare.ts'
import type { Estimate } from '../../evaluate/metrics/bootstrap.ts'
import { type MetricName, metrics } from '../../evaluate/metrics/table.ts'
import { differenceText, intervalText } from '../../evaluate/words.ts'

/** Which is better by a metric: none where the interval contains 0; null where there is no interval. */
export function betterOf(name: MetricName, { low, high }: Estimate): 'first' | 'second' | 'undecided' | null {
  if (low === null || high === null) return null
  if (low <= 0 && high >= 0) return 'undecided'
  return low > 0 === (metrics[name].better === 'higher') ? 'second' : 'first'
}

/** What the AUC says about which model is better, in words. */
export function verdictLines({ all, subsets }: Comparison): string[] {
  const parts = Object.entries(subsets)
  const undecided = parts.filter(([, { metrics }]) => betterOf('auc', metrics.auc.difference) === 'undecided')
  const lines = [verdictLine(all)]
  if (parts.length > 1) {
    if (undecided.length > 0) lines.push(`Not decided by their videos: ${undecided.map(([name]) => name).join(', ')}.`)
    lines.push('Of 20 intervals of models that are equal, about one leaves out 0 by chance.')
  }
  return lines
}

function verdictLine({ metrics }: ComparedGroup): string {
  const { difference } = metrics.auc
  const better = betterOf('auc', difference)
  if (better === null) return 'There is no interval of the difference in AUC: that needs two reals and two fakes.'
  const found = `the difference in AUC is ${differenceText('auc', difference.value)}, 95 % interval ${intervalText('auc', difference)}`
  if (better !== 'undecided') return `The ${better} is better: ${found}.`
  return `Which is better is not decided: ${found}, which contains 0. More videos, or more different models, are needed.`
}
