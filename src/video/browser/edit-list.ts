/** The part of a track that an edit list shows. */
export interface Edit {
  /** Before it, seconds. */
  readonly delay: number
  /** Seconds; undefined: to the end. */
  readonly duration: number | undefined
  /** Whether it is all that is shown, and at the speed at which it was stored. */
  readonly whole: boolean
}

interface Box {
  readonly type: string
  /** Of its content. */
  readonly start: number
  readonly end: number
}

/** Boxes of a file before its header is no longer looked for. */
const mostBoxes = 10_000

/** Bytes of a header that are read. */
const mostBytes = 256 * 2 ** 20

/**
 * Reads the edit list of a track of an MPEG-4 file (ISO/IEC 14496-12, 8.6.6), of which mediabunny only takes the
 * beginning. Where the boxes are damaged there is none.
 */
export async function readEdit(file: Blob, trackId: number): Promise<Edit | undefined> {
  try {
    const header = await findHeader(file)
    return header && editOf(header, trackId)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The content of the box `moov`. */
async function findHeader(file: Blob): Promise<DataView | undefined> {
  for (let at = 0, box = 0; at + 8 <= file.size && box < mostBoxes; box++) {
    const begin = new DataView(await file.slice(at, at + 16).arrayBuffer())
    const { type, start, end } = boxAt(begin, 0, file.size - at)
    if (type === 'moov') return new DataView(await file.slice(at + start, at + Math.min(end, mostBytes)).arrayBuffer())
    at += end
  }
  return undefined
}

function editOf(header: DataView, trackId: number): Edit | undefined {
  const within = (box: Box, type: string) => boxesOf(header, box).find((inner) => inner.type === type)
  const all = { type: 'moov', start: 0, end: header.byteLength }
  const movie = within(all, 'mvhd')
  const isTrack = (box: Box) => {
    const track = box.type === 'trak' && within(box, 'tkhd')
    return track && header.getUint32(track.start + (header.getUint8(track.start) === 1 ? 20 : 12)) === trackId
  }
  const track = boxesOf(header, all).find(isTrack)
  const edits = track && within(track, 'edts')
  const list = edits && within(edits, 'elst')
  if (!movie || !list) return undefined
  const unitsPerSecond = header.getUint32(movie.start + (header.getUint8(movie.start) === 1 ? 20 : 12))
  return readList(header, list.start, unitsPerSecond)
}

function readList(header: DataView, start: number, unitsPerSecond: number): Edit | undefined {
  const long = header.getUint8(start) === 1
  const count = header.getUint32(start + 4)
  let delay = 0
  for (let entry = 0; entry < count; entry++) {
    const at = start + 8 + entry * (long ? 20 : 12)
    const duration = long ? Number(header.getBigUint64(at)) : header.getUint32(at)
    const mediaTime = long ? Number(header.getBigInt64(at + 8)) : header.getInt32(at + 4)
    const rate = header.getInt32(at + (long ? 16 : 8))
    if (mediaTime === -1) {
      delay += duration / unitsPerSecond
      continue
    }
    const whole = entry === count - 1 && rate === 0x10000
    return { delay, duration: duration === 0 ? undefined : duration / unitsPerSecond, whole }
  }
  return undefined
}

function boxesOf(view: DataView, { start, end }: Box): Box[] {
  const boxes: Box[] = []
  for (let at = start; at + 8 <= end; ) {
    const box = boxAt(view, at, end)
    boxes.push(box)
    at = box.end
  }
  return boxes
}

/** @throws RangeError for what is no box */
function boxAt(view: DataView, at: number, last: number): Box {
  const size = view.getUint32(at)
  const type = String.fromCharCode(...[4, 5, 6, 7].map((byte) => view.getUint8(at + byte)))
  const start = at + (size === 1 ? 16 : 8)
  const end = size === 0 ? last : at + (size === 1 ? Number(view.getBigUint64(at + 8)) : size)
  if (end < start) throw new RangeError('a box is smaller than its header')
  return { type, start, end }
}
