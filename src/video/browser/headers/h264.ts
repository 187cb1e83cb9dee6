import { BitReader } from './bits.ts'
import type { SequenceHeader } from './header.ts'
import { readUsability } from './vui.ts'

/** Profiles whose parameter sets say the chroma format (H.264, 7.3.2.1.1). */
const highProfiles = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]

/** @param unit a sequence parameter set (NAL unit type 7) without emulation prevention bytes */
export function readH264Sequence(unit: Uint8Array): SequenceHeader {
  const reader = new BitReader(unit)
  reader.skip(8)
  const profile = reader.bits(8)
  reader.skip(16) // constraints and level
  reader.unsigned() // id
  if (highProfiles.includes(profile)) skipHighProfile(reader)
  reader.unsigned() // log2_max_frame_num_minus4
  skipOrderCount(reader)
  reader.unsigned() // max_num_ref_frames
  reader.skip(1)
  reader.unsigned() // width
  reader.unsigned() // height
  if (!reader.flag()) reader.skip(1) // frame_mbs_only_flag, else mb_adaptive_frame_field_flag
  reader.skip(1) // direct_8x8_inference_flag
  if (reader.flag()) for (let side = 0; side < 4; side++) reader.unsigned() // cropping
  return reader.flag() ? readUsability(reader) : {}
}

function skipHighProfile(reader: BitReader): void {
  const chromaFormat = reader.unsigned()
  if (chromaFormat === 3) reader.skip(1) // separate_colour_plane_flag
  reader.unsigned() // bit_depth_luma_minus8
  reader.unsigned() // bit_depth_chroma_minus8
  reader.skip(1) // qpprime_y_zero_transform_bypass_flag
  if (!reader.flag()) return
  for (let list = 0; list < (chromaFormat === 3 ? 12 : 8); list++) {
    if (reader.flag()) skipScalingList(reader, list < 6 ? 16 : 64)
  }
}

function skipScalingList(reader: BitReader, size: number): void {
  let last = 8
  let next = 8
  for (let i = 0; i < size; i++) {
    if (next !== 0) next = (last + reader.signed() + 256) % 256
    if (next !== 0) last = next
  }
}

function skipOrderCount(reader: BitReader): void {
  const type = reader.unsigned()
  if (type === 0) reader.unsigned() // log2_max_pic_order_cnt_lsb_minus4
  if (type !== 1) return
  reader.skip(1)
  reader.signed()
  reader.signed()
  const frames = reader.unsigned()
  for (let frame = 0; frame < Math.min(frames, 255); frame++) reader.signed()
}
