import { BitReader } from './bits.ts'
import { type SequenceHeader, specified } from './header.ts'

const sequenceHeader = 1

/** @param unit low-overhead OBUs of a packet; @returns undefined where there is no sequence header among them */
export function readAv1Sequence(packet: Uint8Array): SequenceHeader | undefined {
  for (let at = 0; at < packet.length; ) {
    const reader = new BitReader(packet.subarray(at))
    reader.skip(1)
    const type = reader.bits(4)
    const [extended, sized] = [reader.flag(), reader.flag()]
    reader.skip(extended ? 9 : 1)
    let start = at + (extended ? 2 : 1)
    let size = packet.length - start
    if (sized) {
      const before = start
      size = 0
      let byte: number
      do {
        byte = reader.bits(8)
        size += (byte & 127) * 2 ** (7 * (start - before))
        start++
      } while (byte > 127)
    }
    if (type === sequenceHeader) return readSequence(new BitReader(packet.subarray(start, start + size)))
    at = start + size
  }
  return undefined
}

/** sequence_header_obu of the AV1 specification, 5.5.1. */
function readSequence(reader: BitReader): SequenceHeader {
  const profile = reader.bits(3)
  reader.skip(1)
  const reduced = reader.flag()
  if (reduced) reader.skip(5)
  else skipOperatingPoints(reader)
  const [widthBits, heightBits] = [reader.bits(4) + 1, reader.bits(4) + 1]
  reader.skip(widthBits + heightBits)
  if (!reduced && reader.flag()) reader.skip(7) // frame_id_numbers_present_flag
  reader.skip(3)
  if (!reduced) skipTools(reader)
  reader.skip(3)
  return readColours(reader, profile)
}

function skipOperatingPoints(reader: BitReader): void {
  let delayBits: number | undefined
  if (reader.flag()) {
    reader.skip(64)
    if (reader.flag()) reader.unsigned()
    if (reader.flag()) {
      delayBits = reader.bits(5) + 1
      reader.skip(32 + 5 + 5)
    }
  }
  const displayDelays = reader.flag()
  const points = reader.bits(5) + 1
  for (let point = 0; point < points; point++) {
    reader.skip(12)
    if (reader.bits(5) > 7) reader.skip(1)
    if (delayBits !== undefined && reader.flag()) reader.skip(2 * delayBits + 1)
    if (displayDelays && reader.flag()) reader.skip(4)
  }
}

function skipTools(reader: BitReader): void {
  reader.skip(4)
  const ordered = reader.flag()
  if (ordered) reader.skip(2)
  const screenContent = reader.flag() || reader.flag()
  if (screenContent && !reader.flag()) reader.skip(1) // seq_choose_integer_mv, seq_force_integer_mv
  if (ordered) reader.skip(3)
}

/** color_config of 5.5.2. */
function readColours(reader: BitReader, profile: number): SequenceHeader {
  const deep = reader.flag()
  const twelve = profile === 2 && deep && reader.flag()
  const grey = profile !== 1 && reader.flag()
  const described = reader.flag()
  const [primaries, transfer, matrix] = described ? [reader.bits(8), reader.bits(8), reader.bits(8)] : [2, 2, 2]
  if (!grey && primaries === 1 && transfer === 13 && matrix === 0) return { matrix, range: 'full' }
  const range = reader.flag() ? 'full' : 'limited'
  const columns = profile === 0 || (profile === 2 && (!twelve || reader.flag()))
  const rows = profile === 0 || (twelve && columns && reader.flag())
  const place = !grey && columns && rows ? reader.bits(2) : 0
  const chroma = place === 1 ? 'left' : place === 2 ? 'top-left' : undefined
  return { matrix: specified(matrix), range, chroma }
}
