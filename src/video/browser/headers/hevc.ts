import { BitReader } from './bits.ts'
import type { SequenceHeader } from './header.ts'
import { readUsability } from './vui.ts'

/** @param unit a sequence parameter set (NAL unit type 33) without emulation prevention bytes */
export function readHevcSequence(unit: Uint8Array): SequenceHeader {
  const reader = new BitReader(unit)
  reader.skip(16 + 4)
  const subLayers = reader.bits(3)
  reader.skip(1)
  skipProfiles(reader, subLayers)
  reader.unsigned() // id
  if (reader.unsigned() === 3) reader.skip(1) // chroma_format_idc; separate_colour_plane_flag
  skipNumbers(reader, 2) // width and height
  if (reader.flag()) skipNumbers(reader, 4) // conformance window
  skipNumbers(reader, 2) // bit depths
  const orderCountBits = reader.unsigned() + 4
  const layers = reader.flag() ? subLayers + 1 : 1
  skipNumbers(reader, 3 * layers + 6) // buffering; sizes of blocks
  if (reader.flag() && reader.flag()) skipScalingLists(reader)
  reader.skip(2) // amp_enabled_flag, sample_adaptive_offset_enabled_flag
  if (reader.flag()) {
    reader.skip(8)
    skipNumbers(reader, 2)
    reader.skip(1)
  }
  skipReferenceSets(reader)
  if (reader.flag()) {
    const pictures = reader.unsigned()
    for (let picture = 0; picture < Math.min(pictures, 32); picture++) reader.skip(orderCountBits + 1)
  }
  reader.skip(2) // sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
  return reader.flag() ? readUsability(reader) : {}
}

function skipNumbers(reader: BitReader, count: number): void {
  for (let i = 0; i < count; i++) reader.unsigned()
}

/** profile_tier_level of 7.3.3. */
function skipProfiles(reader: BitReader, subLayers: number): void {
  reader.skip(88 + 8)
  if (subLayers === 0) return
  let bits = 0
  for (let layer = 0; layer < 8; layer++) {
    const [profile, level] = [reader.flag(), reader.flag()]
    if (layer < subLayers) bits += (profile ? 88 : 0) + (level ? 8 : 0)
  }
  reader.skip(bits)
}

/** scaling_list_data of 7.3.4. */
function skipScalingLists(reader: BitReader): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!reader.flag()) reader.unsigned()
      else skipNumbers(reader, Math.min(64, 16 << (2 * size)) + (size > 1 ? 1 : 0))
    }
  }
}

/** st_ref_pic_set of 7.3.7, each of them. */
function skipReferenceSets(reader: BitReader): void {
  const sets = reader.unsigned()
  let pictures = 0
  for (let set = 0; set < Math.min(sets, 64); set++) {
    if (set > 0 && reader.flag()) {
      reader.skip(1)
      reader.unsigned()
      let kept = 0
      for (let picture = 0; picture <= pictures; picture++) if (reader.flag() || reader.flag()) kept++
      pictures = kept
    } else {
      pictures = reader.unsigned() + reader.unsigned()
      if (pictures > 32) throw new RangeError('no reference picture set has so many pictures')
      for (let picture = 0; picture < pictures; picture++) {
        reader.unsigned()
        reader.skip(1)
      }
    }
  }
}
