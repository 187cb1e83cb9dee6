import type { DetectedFace, Moment } from '../detect/result.ts'
import { heatColour } from '../draw/colour-map.ts'
import { blendHeatMap } from '../draw/heat-map.ts'
import { copyImage } from '../draw/image.ts'
import { pngUrl } from '../draw/png.ts'
import { clock } from '../draw/timeline.ts'
import { element, escapeMarkup } from '../plot/markup.ts'
import type { Image } from '../video/image.ts'
import { percentText } from '../words.ts'
import { pictureOf } from './picture.ts'
import { nameOf } from './words.ts'

/** The frames that matter: each as it is in the video and with its heat map; all maps of a face on one scale. */
export function moments(face: DetectedFace): string {
  const most = Math.max(...face.moments.flatMap(({ heat }) => [...heat.data]))
  const shown = face.moments.map((moment) => momentFigure(moment, nameOf(face), most))
  return element('div', { class: 'moments' }, shown.join('\n')) + legend()
}

function momentFigure(moment: Moment, name: string, most: number): string {
  const at = clock(moment.seconds, 1)
  const still = pictureOf(moment)
  const pictures = [
    image(still, `${name} at ${at}, as it is in the video`),
    image(heated(still, moment, most), `The same, with the evidence for fake laid over it`),
  ]
  const caption = element('figcaption', {}, `${at}: ${escapeMarkup(percentText(moment.probability))}`)
  return element('figure', { class: 'moment' }, `<div class="pair">${pictures.join('')}</div>${caption}`)
}

function image(picture: Image, alt: string): string {
  const { width, height } = picture
  return element('img', { src: pngUrl(picture), alt, width, height })
}

function heated(still: Image, { heat }: Moment, most: number): Image {
  const { width, height } = still
  const drawn = copyImage(still)
  const values = heat.data.map((value) => (most > 0 ? value / most : 0))
  blendHeatMap(drawn, { width: heat.width, height: heat.height, values }, { x: 0, y: 0, width, height }, 0.75)
  return drawn
}

/** What the colours mean. */
function legend(): string {
  const steps = Array.from({ length: 24 }, (_, i) => {
    const fill = `rgb(${heatColour((i + 0.5) / 24).join(' ')})`
    return element('rect', { x: 6 * i, y: 0, width: 6.5, height: 12, fill })
  })
  const bar = element('svg', { width: 144, height: 12, 'aria-hidden': 'true' }, steps.join(''))
  return element('p', { class: 'heat-legend soft' }, `<span>no evidence</span>${bar}<span>the most in this face</span>`)
}
