import { type EvidenceRegion, evidenceRegions, type RegionShares } from '../detect/result.ts'
import { figure } from '../plot/figure.ts'
import { element, escapeMarkup } from '../plot/markup.ts'
import { facePaths } from './schematic-face.ts'

/** In which parts of the face the evidence is: on a drawing, and as bars, the largest first. */
export function regionChart(name: string, shares: RegionShares): string {
  const most = Math.max(...evidenceRegions.map((region) => shares[region]))
  const order = evidenceRegions.toSorted((a, b) => shares[b] - shares[a])
  const rows = order.map((region) => row(region, shares[region], most))
  const table = `<table class="bars"><caption>Share of the evidence for fake</caption><tbody>${rows.join('')}</tbody></table>`
  return element('div', { class: 'regions' }, drawing(name, shares, most, order) + table)
}

function row(region: EvidenceRegion, share: number, most: number): string {
  const bar = element('div', { class: 'bar', style: `width: ${((100 * share) / most).toFixed(1)}%` }, '')
  return `<tr><th scope="row">${region}</th><td>${bar}</td><td class="number">${shareText(share)}</td></tr>`
}

function drawing(name: string, shares: RegionShares, most: number, order: readonly EvidenceRegion[]): string {
  const opacity = (region: EvidenceRegion) => Math.round((85 * shares[region]) / most) / 100
  const around = element('rect', {
    width: 200,
    height: 230,
    rx: 12,
    class: 'part',
    'fill-opacity': opacity('elsewhere'),
  })
  // Hides what lies around the face behind it.
  const outline = element('path', { class: 'skin', d: Object.values(facePaths).join('') })
  const parts = Object.entries(facePaths).map(([region, d]) =>
    element('path', { class: 'part', d, 'fill-opacity': opacity(region as EvidenceRegion) }),
  )
  const told = order.map((region) => `${region} ${shareText(shares[region])}`).join(', ')
  const text = { title: `${name}: evidence by part of the face`, description: told }
  return figure(text, 200, 230, [around, outline, ...parts, features].join(''))
}

/** Lips, eyes and nostrils, so that the drawing is seen as a face. */
const features = element('path', {
  class: 'features',
  d: 'M46 77q16-13 33 1q-17 9-33-1zM154 77q-16-13-33 1q17 9 33-1zM92 118q8 6 16 0M70 153q30 6 60 0M70 153q30-24 60 0q-30 30-60 0',
})

const shareText = (share: number) => escapeMarkup(`${Math.round(100 * share)} %`)
