import type { Orientation } from '../../frame.ts'

const upright: Orientation = { rotation: 0, flip: false }

/**
 * Reads a display matrix as MPEG-4 files (ISO/IEC 14496-12, 6.2.2) and FFmpeg's side data have it: nine 32-bit numbers
 * a b u c d v x y w, a pixel (x, y) being shown at (ax + cy, bx + dy). Other angles become the nearest right one.
 */
export function orientationOf(matrix: Uint8Array | null): Orientation {
  if (!matrix || matrix.byteLength < 36) return upright
  const numbers = new DataView(matrix.buffer, matrix.byteOffset, matrix.byteLength)
  const [a, b, c, d] = [0, 4, 12, 16].map((at) => numbers.getInt32(at, true)) as [number, number, number, number]
  const determinant = a * d - b * c
  if (determinant === 0) return upright
  const flip = determinant < 0
  // Mirroring left to right comes last; taken back, a turn is left: (cos, sin) is where the x axis goes.
  const degrees = (Math.atan2(b, flip ? -a : a) * 180) / Math.PI
  const rotation = ((Math.round(degrees / 90) + 4) % 4) * 90
  return { rotation: rotation as Orientation['rotation'], flip }
}
