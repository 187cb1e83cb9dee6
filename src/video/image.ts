/** In pixels; whole numbers, at least 1. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A picture in RGB, 8 bits each: [height, width, 3]. */
export interface Image extends Size {
  readonly data: Uint8Array<ArrayBuffer>
}

/** A rectangle in display pixels (see `displaySize`); may have any real numbers and reach beyond the picture. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
