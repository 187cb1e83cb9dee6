type Bytes = Uint8Array<ArrayBuffer>

/**
 * Turns and mirrors an MPEG-4 video by the matrix in its track header (ISO/IEC 14496-12, 8.3.2), which ffmpeg can write
 * only since version 6.
 * @param rotation clockwise, before mirroring left to right
 */
export function withMatrix(file: Bytes, rotation: number, flip: boolean): Bytes {
  const angle = (rotation * Math.PI) / 180
  const [cos, sin] = [Math.round(Math.cos(angle)), Math.round(Math.sin(angle))]
  const across = flip ? -1 : 1
  return patched(file, 'tkhd', (box) => {
    const numbers = [cos * across, sin, 0, -sin * across, cos]
    for (const [i, number] of numbers.entries()) box.setInt32(44 + 4 * i, number * 65536)
  })
}

/** Shows only a part of an MPEG-4 video, by changing the one entry of its edit list (8.6.6). Times in units of the file. */
export function withEdit(file: Bytes, entry: { duration: number; mediaTime: number; rate?: number }): Bytes {
  return patched(file, 'elst', (box) => {
    if (box.getUint32(8) !== 1) throw new Error('an edit list of more than one entry')
    box.setUint32(12, entry.duration)
    box.setInt32(16, entry.mediaTime)
    box.setInt32(20, (entry.rate ?? 1) * 65536)
  })
}

/** @param write gets the first box of the type, from its type on, of version 0 */
function patched(file: Bytes, type: string, write: (box: DataView) => void): Bytes {
  const bytes = file.slice()
  const at = Buffer.from(bytes.buffer).indexOf(type)
  if (at < 0 || bytes[at + 4] !== 0) throw new Error(`no ${type} of version 0`)
  write(new DataView(bytes.buffer, at))
  return bytes
}
