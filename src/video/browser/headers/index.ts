import { readAv1Sequence } from './av1.ts'
import { readH264Sequence } from './h264.ts'
import type { SequenceHeader } from './header.ts'
import { readHevcSequence } from './hevc.ts'
import { h264LengthBytes, h264ParameterSets, hevcParameterSets, unescaped, unitsOf } from './units.ts'
import { readVp9Sequence } from './vp9.ts'

export type { SequenceHeader } from './header.ts'

/** @returns undefined where there is no header */
type Find = (bytes: Uint8Array) => SequenceHeader | undefined

/**
 * Reads what a coded sequence says of its own pixels. Browsers fill in by guessing what is not said and do not tell the
 * difference, containers repeat it or not; FFmpeg goes by this first, and so do we.
 *
 * @param codec by WebCodecs' and mediabunny's names: avc, hevc, vp8, vp9, av1
 * @param description of the decoder's configuration
 * @returns to be asked with each key packet in order; gives the header in force
 */
export function headerReader(
  codec: string,
  description: Uint8Array | undefined,
): (packet: Uint8Array) => SequenceHeader {
  let current: SequenceHeader = {}
  const look = (bytes: Uint8Array, find: Find) => {
    try {
      current = find(bytes) ?? current
    } catch (error) {
      if (!(error instanceof RangeError)) throw error // a damaged header says nothing
    }
    return current
  }
  const find = finders[codec]?.(description) ?? {}
  if (find.inDescription && description) look(description, find.inDescription)
  return (packet) => (find.inPacket ? look(packet, find.inPacket) : current)
}

interface Finder {
  readonly inPacket?: Find
  readonly inDescription?: Find
}

const finders: Readonly<Record<string, (description: Uint8Array | undefined) => Finder>> = {
  avc: (description) => {
    const lengthBytes = h264LengthBytes(description)
    return {
      inDescription: (bytes) => findH264(h264ParameterSets(bytes)),
      inPacket: (packet) => findH264(unitsOf(packet, lengthBytes)),
    }
  },
  hevc: (description) => {
    const lengthBytes = description && (description[21]! & 3) + 1
    return {
      inDescription: (bytes) => findHevc(hevcParameterSets(bytes)),
      inPacket: (packet) => findHevc(unitsOf(packet, lengthBytes)),
    }
  },
  // By its specification (RFC 6386, 9.2).
  vp8: () => ({ inPacket: () => ({ matrix: 5, range: 'limited' }) }),
  vp9: () => ({ inPacket: readVp9Sequence }),
  av1: () => ({ inPacket: readAv1Sequence }),
}

/** Slices come after parameter sets and are long: they end the search. */
function findH264(units: Iterable<Uint8Array>): SequenceHeader | undefined {
  for (const unit of units) {
    const type = unit[0]! & 31
    if (type === 7) return readH264Sequence(unescaped(unit))
    if (type >= 1 && type <= 5) return undefined
  }
  return undefined
}

function findHevc(units: Iterable<Uint8Array>): SequenceHeader | undefined {
  for (const unit of units) {
    const type = (unit[0]! >> 1) & 63
    if (type === 33) return readHevcSequence(unescaped(unit))
    if (type < 32) return undefined
  }
  return undefined
}
