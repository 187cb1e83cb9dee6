/**
 * The NAL units of a packet.
 * @param lengthBytes of the length before each unit; undefined: between start codes
 */
export function unitsOf(packet: Uint8Array, lengthBytes: number | undefined): Generator<Uint8Array> {
  return lengthBytes === undefined
    ? startCodeUnits(packet)
    : lengthUnits(packet, 0, lengthBytes, Number.POSITIVE_INFINITY)
}

/** @param description avcC of ISO/IEC 14496-15, 5.3.3.1 */
export function h264ParameterSets(description: Uint8Array): Generator<Uint8Array> {
  return lengthUnits(description, 6, 2, description[5]! & 31)
}

/** @param description hvcC of ISO/IEC 14496-15, 8.3.3.1 */
export function* hevcParameterSets(description: Uint8Array): Generator<Uint8Array> {
  let at = 23
  for (let list = 0; list < description[22]!; list++) {
    const count = description[at + 1]! * 256 + description[at + 2]!
    at += 3
    for (const unit of lengthUnits(description, at, 2, count)) {
      yield unit
      at += 2 + unit.length
    }
  }
}

/**
 * An H.264 packet without what stands before its access unit delimiter, and so belongs to the picture before: Chromium
 * would not see that it is a key frame.
 */
export function fromDelimiter(packet: Uint8Array, lengthBytes: number | undefined): Uint8Array {
  for (const unit of unitsOf(packet, lengthBytes)) {
    const type = unit[0]! & 31
    if (type === 9) return packet.subarray(unit.byteOffset - packet.byteOffset - (lengthBytes ?? 3))
    if (type >= 1 && type <= 5) break
  }
  return packet
}

/** @param description avcC; undefined: start codes */
export function h264LengthBytes(description: Uint8Array | undefined): number | undefined {
  return description && (description[4]! & 3) + 1
}

function* lengthUnits(bytes: Uint8Array, start: number, lengthBytes: number, count: number): Generator<Uint8Array> {
  for (let at = start, unit = 0; unit < count && at + lengthBytes < bytes.length; unit++) {
    let length = 0
    for (let i = 0; i < lengthBytes; i++) length = length * 256 + bytes[at + i]!
    at += lengthBytes
    if (length > 0) yield bytes.subarray(at, at + length)
    at += length
  }
}

function* startCodeUnits(bytes: Uint8Array): Generator<Uint8Array> {
  let start = startCodeEnd(bytes, 0)
  while (start < bytes.length) {
    const next = startCodeEnd(bytes, start)
    yield bytes.subarray(start, next < bytes.length ? next - 3 : next)
    start = next
  }
}

/** Where the bytes 0 0 1 end, from a place on; the end of all where there are none. */
function startCodeEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 3 < bytes.length; at++) {
    if (bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1) return at + 3
  }
  return bytes.length
}

/** Takes out the bytes 3 that keep start codes from appearing within a unit. */
export function unescaped(unit: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(unit.length)
  let count = 0
  let zeros = 0
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0
    } else {
      bytes[count++] = byte
      zeros = byte === 0 ? zeros + 1 : 0
    }
  }
  return bytes.subarray(0, count)
}
