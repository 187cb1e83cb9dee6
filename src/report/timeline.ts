import { calledAt } from '../detect/operating-points.ts'
import type { Basis, DetectedClip, DetectedFace } from '../detect/result.ts'
import { scoreText } from '../detect/score-text.ts'
import { clock, timeTicks } from '../draw/timeline.ts'
import { number, tableOf, text } from '../page/html.ts'
import { across, fluidFigure } from '../plot/figure.ts'
import { element, escapeMarkup } from '../plot/markup.ts'
import { countText } from '../words.ts'
import { fakeWords, nameOf, spanText } from './words.ts'

const [top, bottom, height] = [8, 138, 176]
const y = (probability: number) => bottom - probability * (bottom - top)

/** Clips narrower than this share of the chart would not be seen. */
const narrowest = 0.008

/** What the model said of a face, clip by clip. */
export function timeline(face: DetectedFace, { model, video }: Basis): string {
  const { clips, startSeconds, endSeconds } = face
  const duration = Math.max(video.durationSeconds ?? 0, endSeconds, ...clips.map((clip) => clip.endSeconds)) || 1
  const x = (seconds: number) => seconds / duration
  const content = [
    ...[0, 0.5, 1].map(level),
    ...threshold(model),
    ...timeAxis(duration),
    ...clips.map((clip) => bar(clip, x, model)),
    ...clips.flatMap(({ snippets }) => snippets).map((snippet) => point(snippet, x)),
    line('presence', x(startSeconds), x(endSeconds), bottom + 5),
  ]
  const figure = fluidFigure(
    { title: `${nameOf(face)}: score over time`, description: describe(face, model) },
    height,
    content.join(''),
  )
  return element('div', { class: 'timeline' }, figure)
}

/** The same as numbers. */
export function clipTable(face: DetectedFace, model: Basis['model']): string {
  const rows = face.clips.map(({ startSeconds, endSeconds, probability, snippets }) => [
    text(spanText(startSeconds, endSeconds)),
    number(scoreText(probability, model)),
    number(snippets.map(({ probability }) => (probability === null ? '–' : scoreText(probability, model))).join(', ')),
  ])
  const table = tableOf(`${nameOf(face)}: its clips`, ['time', fakeWords(model), 'by moments, each on its own'], rows)
  return element('details', {}, element('summary', {}, 'The same in numbers') + table)
}

function describe({ clips }: DetectedFace, model: Basis['model']): string {
  const highest = clips.reduce((first, other) => (other.probability > first.probability ? other : first))
  const lowest = Math.min(...clips.map(({ probability }) => probability))
  const at = clock(highest.startSeconds, 1)
  return `${countText(clips.length, 'clip')}: ${fakeWords(model)} from ${scoreText(lowest, model)} to ${scoreText(highest.probability, model)}, highest at ${at}.`
}

function bar(
  { startSeconds, endSeconds, probability }: DetectedClip,
  x: (seconds: number) => number,
  model: Basis['model'],
) {
  const width = Math.max(x(endSeconds) - x(startSeconds), narrowest)
  const left = Math.min(x(startSeconds), 1 - width)
  const title = element(
    'title',
    {},
    escapeMarkup(`${spanText(startSeconds, endSeconds)}: ${scoreText(probability, model)}`),
  )
  const verdict = calledAt(probability, model)
  const place = { x: across(left), width: across(width) }
  return (
    element('rect', { class: `clip ${verdict}`, ...place, y: y(probability), height: bottom - y(probability) }, title) +
    element('rect', { class: `lid ${verdict}`, ...place, y: y(probability) - 1.5, height: 3 })
  )
}

function point({ startSeconds, endSeconds, probability }: DetectedClip['snippets'][number], x: (s: number) => number) {
  if (probability === null) return ''
  return element('circle', {
    class: 'snippet',
    cx: across(x((startSeconds + endSeconds) / 2)),
    cy: y(probability),
    r: 3.5,
  })
}

function line(kind: string, from: number, to: number, at: number): string {
  return element('line', { class: kind, x1: across(from), x2: across(to), y1: at, y2: at })
}

function level(probability: number): string {
  const at = y(probability)
  const words = element('text', { class: 'soft', x: -8, y: at + 4, 'text-anchor': 'end' }, `${100 * probability} %`)
  return line('grid', 0, 1, at) + words
}

/** Both lines with their names at the end, which are kept apart. */
function threshold({ fakeFrom, realUpTo }: Basis['model']): string[] {
  const [high, low] = [y(fakeFrom), y(realUpTo)]
  const apart = Math.max(15 - (low - high), 0) / 2
  const name = (words: string, at: number) =>
    element('svg', { x: '100%', overflow: 'visible' }, element('text', { class: 'soft', x: 8, y: at + 4 }, words))
  return [
    line('reference', 0, 1, high) + name('↑ fake', high - apart),
    line('reference', 0, 1, low) + name('↓ real', low + apart),
  ]
}

function timeAxis(duration: number): string[] {
  return timeTicks(duration, 5).map((seconds) => {
    const place = across(seconds / duration)
    const tick = element('line', { class: 'axis', x1: place, x2: place, y1: bottom + 10, y2: bottom + 15 })
    const words = clock(seconds, Number.isInteger(seconds) ? 0 : 1)
    return tick + element('text', { class: 'soft', x: place, y: bottom + 30, 'text-anchor': 'middle' }, words)
  })
}
