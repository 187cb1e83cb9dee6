import { BitReader } from './bits.ts'
import { type SequenceHeader, specified } from './header.ts'

/** By color_space of the VP9 specification (7.2.2): numbers of H.273. */
const matrices = [2, 5, 1, 6, 7, 9, 2, 0]
const redGreenBlue = 7
const syncCode = 0x498342

/** @returns undefined for frames that are not key frames */
export function readVp9Sequence(frame: Uint8Array): SequenceHeader | undefined {
  const reader = new BitReader(frame)
  if (reader.bits(2) !== 2) return undefined
  const profile = reader.bits(1) + 2 * reader.bits(1)
  if (profile === 3) reader.skip(1)
  const shown = reader.flag() // show_existing_frame
  const delta = reader.flag()
  reader.skip(2)
  if (shown || delta || reader.bits(24) !== syncCode) return undefined
  if (profile >= 2) reader.skip(1) // depth
  const space = reader.bits(3)
  const full = space === redGreenBlue || reader.flag()
  return { matrix: specified(matrices[space] ?? 2), range: full ? 'full' : 'limited' }
}
