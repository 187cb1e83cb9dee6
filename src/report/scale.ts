import type { Basis } from '../detect/result.ts'
import { pointsText, pointText, scoreText } from '../detect/score-text.ts'
import { across, fluidFigure } from '../plot/figure.ts'
import { element, escapeMarkup } from '../plot/markup.ts'

const [top, barHeight, height] = [30, 24, 76]

/**
 * A probability between real and fake, with the points from which on the model's answer is one or the other.
 * @param recompressed the same of a recompressed copy, to compare with
 */
export function probabilityScale(title: string, model: Basis['model'], value: number, recompressed?: number): string {
  const { fakeFrom, realUpTo } = model
  const content = [
    zone('real', 0, realUpTo),
    zone('uncertain', realUpTo, fakeFrom),
    zone('fake', fakeFrom, 1),
    edge(realUpTo),
    edge(fakeFrom),
    words(`real up to ${pointText(realUpTo)}`, 0, 'start'),
    fakeFrom - realUpTo >= 0.2 ? words('uncertain', (realUpTo + fakeFrom) / 2, 'middle') : '',
    words(`fake from ${pointText(fakeFrom)}`, 1, 'end'),
    recompressed === undefined ? '' : hollowMark(recompressed),
    pointer(value, scoreText(value, model)),
  ]
  const again = recompressed === undefined ? '' : `, recompressed ${scoreText(recompressed, model)}`
  const text = { title, description: `${scoreText(value, model)}${again}; ${pointsText(model)}` }
  return element('div', { class: 'scale' }, fluidFigure(text, height, content.join('')))
}

function zone(verdict: string, from: number, to: number): string {
  const place = { x: across(from), width: across(to - from), y: top, height: barHeight }
  return element('rect', { class: `zone ${verdict}`, ...place })
}

function edge(value: number): string {
  return element('line', { class: 'edge', x1: across(value), x2: across(value), y1: top - 3, y2: top + barHeight + 3 })
}

function words(text: string, share: number, anchor: string): string {
  return element('text', { class: 'soft', x: across(share), y: height - 6, 'text-anchor': anchor }, escapeMarkup(text))
}

function pointer(value: number, text: string): string {
  const anchor = value < 0.08 ? 'start' : value > 0.92 ? 'end' : 'middle'
  const parts = [
    element('line', { y1: top, y2: top + barHeight + 4 }),
    element('path', { d: `M0 ${top + 6}l-8-12h16z` }),
    element('text', { y: top - 12, 'text-anchor': anchor }, escapeMarkup(text)),
  ]
  return element('svg', { class: 'pointer', x: across(value), overflow: 'visible' }, parts.join(''))
}

function hollowMark(value: number): string {
  const diamond = element('path', { d: `M0 ${top + barHeight / 2 - 8}l8 8-8 8-8-8z` })
  return element('svg', { class: 'pointer hollow', x: across(value), overflow: 'visible' }, diamond)
}
