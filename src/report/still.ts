import type { DetectedFace } from '../detect/result.ts'
import { pngUrl } from '../draw/png.ts'
import { clock } from '../draw/timeline.ts'
import { element } from '../plot/markup.ts'
import type { Size } from '../video/image.ts'
import { pictureOf } from './picture.ts'
import { nameOf } from './words.ts'

/** The pictures of the faces, once for the whole page: they are shown where `stillOf` stands. */
export function stillsOf(faces: readonly DetectedFace[]): string {
  const images = faces.map((face) => {
    const { width, height } = pictureOf(face.thumbnail)
    return element('image', { id: idOf(face), href: pngUrl(pictureOf(face.thumbnail)), width, height })
  })
  return element('svg', { class: 'stills', width: 0, height: 0, 'aria-hidden': 'true' }, images.join('\n'))
}

/** The picture of a face as SVG, of its own size. */
export const stillOf = (face: DetectedFace): string => element('use', { href: `#${idOf(face)}` })

/** Its size in pixels. */
export const stillSize = (face: DetectedFace): Size => pictureOf(face.thumbnail)

/** The picture of a face, as large as its place. */
export function facePicture(face: DetectedFace): string {
  const { width, height } = stillSize(face)
  const name = `${nameOf(face)} at ${clock(face.thumbnail.seconds, 1)}`
  const attributes = { class: 'still', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': name }
  return element('svg', attributes, stillOf(face))
}

const idOf = ({ track }: DetectedFace) => `still-${track}`
