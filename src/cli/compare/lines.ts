import type { ComparedGroup, ComparedMetric, Comparison } from '../../evaluate/compare.ts'
import { metricNames, metrics } from '../../evaluate/metrics/table.ts'
import { againstWords, differenceText, intervalText, metricText, undefinedMark } from '../../evaluate/words.ts'
import { table } from '../text.ts'
import { betterOf, verdictLines } from './verdict.ts'

/** Of paths that only one evaluation has, so many are named. */
const mostPaths = 5

/** A comparison in words and tables. */
export function comparisonLines(first: string, second: string, comparison: Comparison): string[] {
  const { all, subsets, onlyFirst, onlySecond, protocol } = comparison
  const { real, fake } = all.count
  return [
    ...table([
      ['first', first],
      ['second', second],
      ['videos', `${real} real and ${fake} fake have a score in both`],
      ...missing('only first', onlyFirst),
      ...missing('only second', onlySecond),
      ...(protocol.length > 0 ? [['differ in', protocol.join(', ')]] : []),
    ]),
    '',
    'AUC of videos',
    ...areaTable({ all, ...subsets }),
    '',
    'All videos, each model at its own threshold',
    ...metricTable(all),
    '',
    ...verdictLines(comparison),
  ]
}

function missing(what: string, paths: readonly string[]): string[][] {
  if (paths.length === 0) return []
  const more = paths.length > mostPaths ? [['', `and ${paths.length - mostPaths} more`]] : []
  const named = paths.slice(0, mostPaths).map((path, i) => [i === 0 ? `${what}: ${paths.length}` : '', path])
  return [...named, ...more]
}

function areaTable(groups: Readonly<Record<string, ComparedGroup>>): string[] {
  const rows = Object.entries(groups).map(([name, { against, count, metrics, deLong }], i) => [
    name,
    i === 0 ? '' : againstWords[against],
    `${count.real}`,
    `${count.fake}`,
    ...metricCells('auc', metrics.auc),
    probability(deLong?.p ?? null),
  ])
  const heads = ['', 'against', 'real', 'fake', 'first', 'second', 'difference', '95 % interval', 'better', 'DeLong p']
  return table([heads, ...rows], 8)
}

function metricTable({ metrics: compared }: ComparedGroup): string[] {
  const rows = metricNames.map((name) => [
    metrics[name].title,
    `${metrics[name].better} is better`,
    ...metricCells(name, compared[name]),
  ])
  return table([['', '', 'first', 'second', 'difference', '95 % interval', 'better'], ...rows], 5)
}

function metricCells(name: (typeof metricNames)[number], { first, second, difference }: ComparedMetric): string[] {
  return [
    metricText(name, first),
    metricText(name, second),
    differenceText(name, difference.value),
    intervalText(name, difference) || undefinedMark,
    betterOf(name, difference) ?? undefinedMark,
  ]
}

function probability(p: number | null): string {
  if (p === null) return undefinedMark
  return p < 0.0001 ? '<0.0001' : p.toFixed(4)
}
