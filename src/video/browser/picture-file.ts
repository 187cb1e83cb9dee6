import { rgbColour } from '../colour.ts'
import type { Colour } from '../frame.ts'

/** A kind of picture files. */
export interface PictureFile {
  /** As the web calls it. */
  readonly type: string
  /** How `VideoInfo` calls a single picture of it, and one that moves. */
  readonly still: Names
  readonly moving: Names
  /** Where pixels are stored as YUV. */
  readonly colour: Colour
}

interface Names {
  readonly container: string
  readonly codec: string
}

const webp: Colour = { matrix: 'bt601', range: 'limited', chroma: 'left' }
const still = (codec: string): Names => ({ container: 'stills', codec })
const both = (codec: string) => ({ still: still(codec), moving: { container: codec, codec }, colour: rgbColour })

const kinds: readonly (PictureFile & { readonly begins: RegExp })[] = [
  { begins: /^\xff\xd8\xff/, type: 'image/jpeg', ...both('mjpeg') },
  { begins: /^.PNG\r\n/, type: 'image/png', ...both('apng'), still: still('png') },
  { begins: /^GIF8/, type: 'image/gif', ...both('gif') },
  {
    begins: /^RIFF....WEBP/s,
    type: 'image/webp',
    still: still('webp'),
    moving: { container: 'webp', codec: 'webp_anim' },
    colour: webp,
  },
  { begins: /^BM.{4}\0{4}/s, type: 'image/bmp', ...both('bmp') },
]

/** What kind of picture file this is, by its first bytes; undefined for others. */
export async function pictureFileOf(blob: Blob): Promise<PictureFile | undefined> {
  const head = String.fromCharCode(...new Uint8Array(await blob.slice(0, 16).arrayBuffer()))
  return kinds.find(({ begins }) => begins.test(head))
}
