/**
 * Turns and mirrors an MPEG-4 video by the matrix in its track header (ISO/IEC 14496-12, 8.3.2), which ffmpeg can write
 * only since version 6.
 * @param rotation clockwise, before mirroring left to right
 */
export function withMatrix(file: Uint8Array<ArrayBuffer>, rotation: number, flip: boolean): Uint8Array<ArrayBuffer> {
  const bytes = file.slice()
  const box = Buffer.from(bytes.buffer).indexOf('tkhd')
  if (box < 0 || bytes[box + 4] !== 0) throw new Error('no track header of version 0')
  const numbers = new DataView(bytes.buffer, box + 44)
  const [cos, sin] = [
    Math.round(Math.cos((rotation * Math.PI) / 180)),
    Math.round(Math.sin((rotation * Math.PI) / 180)),
  ]
  const across = flip ? -1 : 1
  const [a, b, c, d] = [cos * across, sin, -sin * across, cos]
  for (const [at, value] of [
    [0, a],
    [4, b],
    [12, c],
    [16, d],
  ] as const)
    numbers.setInt32(at, value * 65536)
  return bytes
}
