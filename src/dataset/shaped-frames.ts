import { type Colour, displaySize, type Frame } from '../video/frame.ts'
import type { Size } from '../video/image.ts'
import type { Timed } from '../video/node/writer/writer.ts'
import { crop } from '../video/sample/crop.ts'

/** How all frames of a treated video are stored: upright, pixels square, colours in the limited range. */
export interface Shape extends Size {
  readonly colour: Colour
}

/** @param size of the result over that of the first frame as shown */
export function shapeOf(first: Frame, size: number): Shape {
  const shown = displaySize(first)
  const scaled = (pixels: number) => Math.max(Math.round(size * pixels), 2)
  const colour = isPlain(first) ? first.colour : ({ ...first.colour, range: 'limited', chroma: 'left' } as const)
  return { width: scaled(shown.width), height: scaled(shown.height), colour }
}

/** The frames in one shape. Those that have it already keep their planes bit for bit. */
export async function* shaped(
  first: Frame,
  rest: AsyncIterable<Frame>,
  shape: Shape,
): AsyncGenerator<Timed, void, undefined> {
  yield inShape(first, shape)
  for await (const frame of rest) yield inShape(frame, shape)
}

function inShape(frame: Frame, { width, height, colour }: Shape): Timed {
  const { seconds } = frame
  const { matrix, chroma } = frame.colour
  const same = frame.width === width && frame.height === height && matrix === colour.matrix && chroma === colour.chroma
  if (same && isPlain(frame)) return { picture: frame, seconds }
  return { picture: crop(frame, { x: 0, y: 0, ...displaySize(frame) }, { width, height }), seconds }
}

/** Whether it is stored as it is shown, in the range of videos. */
function isPlain({ rotation, flip, pixelAspect, colour }: Frame): boolean {
  return rotation === 0 && !flip && pixelAspect === 1 && colour.range === 'limited'
}
