/** How the three numbers of a YUV pixel become red, green and blue. */
export interface Colour {
  readonly matrix: 'bt601' | 'bt709' | 'bt2020'
  /** Luma 16 to 235 (`limited`) or 0 to 255 (`full`). */
  readonly range: 'limited' | 'full'
  /** Where a chroma sample lies: `left` between two rows in an even column (MPEG-2, H.264), `centre` amid four pixels (JPEG), `top-left` on the first of them. */
  readonly chroma: 'left' | 'centre' | 'top-left'
}

/** How stored pixels become the picture that is shown: turned clockwise, then mirrored left to right. */
export interface Orientation {
  readonly rotation: 0 | 90 | 180 | 270
  readonly flip: boolean
}

/** What all pixels of a picture share. Sizes are of the stored picture, before orientation, at least 1. */
export interface Picture extends Orientation {
  readonly width: number
  readonly height: number
  readonly colour: Colour
  /** Width of a stored pixel over its height; 1 for square ones. */
  readonly pixelAspect: number
}

/** One picture of a video: 8-bit planes as decoded, nothing converted that cannot be converted exactly the same everywhere. */
export interface Frame extends Picture {
  /** When it is shown: seconds from the first frame of the video, a whole number of microseconds. */
  readonly seconds: number
  /**
   * Its number among all frames of the video, from 0, those included that were decoded and not given out; undefined where
   * decoding did not begin at the first frame (after a seek).
   */
  readonly index: number | undefined
  /**
   * I420 without padding: luma [height, width], then the two chroma planes, each [ceil(height / 2), ceil(width / 2)].
   * The receiver's own: nobody else writes into it.
   */
  readonly data: Uint8Array<ArrayBuffer>
}

/** The three planes of a frame; views of its data. */
export interface Planes {
  readonly y: Uint8Array
  readonly u: Uint8Array
  readonly v: Uint8Array
  /** Samples a row of `u` and `v`, and how many rows. */
  readonly chromaWidth: number
  readonly chromaHeight: number
}

/** Bytes of an I420 picture. */
export function frameBytes(width: number, height: number): number {
  return width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2)
}

export function planesOf({ width, height, data }: Frame): Planes {
  const chromaWidth = Math.ceil(width / 2)
  const chromaHeight = Math.ceil(height / 2)
  const luma = width * height
  const chroma = chromaWidth * chromaHeight
  return {
    y: data.subarray(0, luma),
    u: data.subarray(luma, luma + chroma),
    v: data.subarray(luma + chroma, luma + 2 * chroma),
    chromaWidth,
    chromaHeight,
  }
}

/**
 * Size of the picture as it is shown: turned, with square pixels (the stored height is kept). Coordinates of faces and
 * crops are in these pixels, x to the right and y down from the top left corner, whole numbers at pixel edges.
 */
export function displaySize(picture: Picture): { readonly width: number; readonly height: number } {
  const width = Math.round(picture.width * picture.pixelAspect)
  const { height } = picture
  return picture.rotation % 180 === 0 ? { width, height } : { width: height, height: width }
}
