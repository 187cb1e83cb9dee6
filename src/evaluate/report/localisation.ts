import { type Cell, number, paragraph, path, section, tableOf, text } from '../../page/html.ts'
import { escapeMarkup } from '../../plot/markup.ts'
import { countText } from '../../words.ts'
import type { Evaluation } from '../evaluation.ts'
import type { LocalisedMap } from '../localise/localisation.ts'

const mapNames: Readonly<Record<string, string>> = {
  cam: 'Grad-CAM',
  attention: 'all attention heads',
  bestHead: 'the best attention head',
}

/** Whether the evidence lies where videos were forged; empty where that was not measured. */
export function localisation({ localisation }: Evaluation): string {
  if (!localisation) return ''
  const { maps, chance, subsets, places, failures, videos, frames } = localisation
  const rows = Object.entries(maps).map(([name, map]) => [
    text(mapNames[name] ?? name),
    shareCell(map.pointing),
    shareCell(map.pointingExact),
    shareCell(map.overlap),
  ])
  const guessing = [chance.pointing, chance.pointingExact, chance.overlap].map((value) => number(percent(value)))
  const parts = Object.entries(subsets).map(([name, { videos, maps, chance }]) => [
    path(name),
    number(videos),
    number(percent(chance.pointing)),
    ...Object.values(maps).map(({ pointing }) => shareCell(pointing)),
  ])
  const headings = Object.keys(maps).map((name) => mapNames[name] ?? name)
  return section('Where it was forged', [
    paragraph(
      `Whether the evidence lies on what was forged, in ${countText(frames, 'frame')} of ${countText(videos, 'fake')} with masks. Pointing: the share of frames in which the strongest evidence lies on it, or one cell beside it. Overlap: what both have in common, of what either has.`,
    ),
    failures.length > 0 ? paragraph(`Of ${failures.length} more nothing can be said.`, 'warn') : '',
    tableOf(
      'Each map of evidence, with 95 % intervals',
      ['evidence', 'pointing', 'exactly', 'overlap'],
      [...rows, [text('guessing'), ...guessing]],
    ),
    parts.length > 1 ? tableOf('Pointing in each subset', ['subset', 'videos', 'guessing', ...headings], parts) : '',
    tableOf(
      'Parts of the face, in shares of the frames',
      ['part', 'forged', 'strongest evidence'],
      Object.entries(places).map(([place, { forged, peaks }]) => [
        text(place),
        number(percent(forged)),
        number(percent(peaks)),
      ]),
    ),
  ])
}

function shareCell({ value, low, high }: LocalisedMap['pointing']): Cell {
  const interval = low === null || high === null ? '' : `${percent(low)} to ${percent(high)}`.replaceAll(' %', '')
  return {
    markup: `${percent(value)} <span class="interval">${escapeMarkup(interval)}</span>`,
    class: 'number',
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
