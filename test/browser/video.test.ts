import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../clips.ts'
import { type Look, type LookJob, look } from './look.ts'
import { withEdit, withMatrix } from './mpeg4-header.ts'
import { chromiumMissing, openPage, type TestPage } from './open-page.ts'

const x264 = ['-c:v', 'libx264', '-bf', '3', '-pix_fmt', 'yuv420p']
const vp8 = ['-c:v', 'libvpx', '-pix_fmt', 'yuv420p']
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-pix_fmt', 'yuv420p']
const av1 = ['-c:v', 'libaom-av1', '-cpu-used', '8', '-pix_fmt', 'yuv420p']
const source = picture('64x48', 25, 0.4)

/** Made by ffmpeg from arguments; or from another clip, by copying its packets. */
type Recipe = readonly string[] | { readonly from: string; readonly with?: readonly string[] }

const scaled = (size: string) => ['-vf', `scale=${size}:flags=neighbor,setsar=1`]
/** MPEG-4 files say it beside the coded sequence only where primaries and transfer are known too. */
const known = ['-color_primaries', 'bt709', '-color_trc', 'bt709']
const tagged = (matrix: string, range: string) => [...known, '-colorspace', matrix, '-color_range', range]

const recipes: Readonly<Record<string, Recipe>> = {
  'h264.mp4': [...source, ...x264],
  'h264.mov': { from: 'h264.mp4' },
  'h264.mkv': { from: 'h264.mp4' },
  'h264.ts': { from: 'h264.mp4' },
  'vp8.webm': [...source, ...vp8],
  'vp8-hidden.webm': [...picture('64x48', 25, 2), ...vp8, '-auto-alt-ref', '1', '-lag-in-frames', '16'],
  'vp9.webm': [...source, ...vp9],
  'vp9.mp4': { from: 'vp9.webm' },
  'av1.mkv': [...source, ...av1],
  'av1.mp4': { from: 'av1.mkv' },

  'odd-vp8.webm': [...source, ...scaled('63x49'), ...vp8],
  'odd-vp9.webm': [...source, ...scaled('65x47'), ...vp9],
  'odd-av1.mp4': [...source, ...scaled('63x47'), ...av1],
  'cropped-h264.mp4': [...source, ...scaled('66x50'), ...x264],
  'one-pixel.webm': [...source, ...scaled('1x1'), '-frames:v', '2', ...vp9],

  '10-bit-h264.mp4': [...source, ...x264, '-pix_fmt', 'yuv420p10le'],
  '10-bit-vp9.webm': [...source, ...vp9, '-pix_fmt', 'yuv420p10le'],
  '10-bit-av1.mp4': [...source, ...av1, '-pix_fmt', 'yuv420p10le'],
  '422-h264.mp4': [...source, ...x264, '-pix_fmt', 'yuv422p'],
  '444-h264.mp4': [...source, ...scaled('63x47'), ...x264, '-pix_fmt', 'yuv444p'],
  'rgb-h264.mp4': [...source, '-c:v', 'libx264rgb'],
  'alpha-vp9.webm': [...source, ...vp9, '-pix_fmt', 'yuva420p'],
  'interlaced.ts': [...source, ...x264, '-flags', '+ilme+ildct'],

  '709.mp4': [...source, ...x264, ...tagged('bt709', 'tv')],
  '601.mkv': [...source, ...x264, ...tagged('smpte170m', 'tv')],
  '2020.ts': [...source, ...x264, ...tagged('bt2020nc', 'tv')],
  '240.mp4': [...source, ...x264, ...tagged('smpte240m', 'tv')],
  'full.mp4': [...source, ...x264, ...tagged('bt470bg', 'pc')],
  'full-vp9.webm': [...source, ...vp9, ...tagged('bt709', 'pc')],
  'full-av1.mp4': [...source, ...av1, ...tagged('bt2020nc', 'pc')],
  'tagged-vp8.webm': [...source, ...vp8, ...tagged('bt709', 'tv')],
  'untagged-hd.mp4': [...picture('1280x720', 25, 0.12), ...x264],
  'untagged-hd-vp9.webm': [...picture('1280x720', 25, 0.12), ...vp9],
  'untagged-hd-vp8.webm': [...picture('1280x720', 25, 0.12), ...vp8],
  // Only the container says, and the container says something else.
  'container.mp4': { from: 'h264.mp4', with: tagged('bt709', 'pc') },
  'container.mkv': { from: 'vp9.webm', with: tagged('bt2020nc', 'pc') },
  'contrary.mp4': { from: '709.mp4', with: ['-bsf:v', 'h264_metadata=matrix_coefficients=9:video_full_range_flag=1'] },
  'chroma-top-left.mp4': { from: '709.mp4', with: ['-bsf:v', 'h264_metadata=chroma_sample_loc_type=2'] },
  'chroma-centre.ts': { from: '709.mp4', with: ['-bsf:v', 'h264_metadata=chroma_sample_loc_type=1'] },
  'chroma-av1.mkv': { from: 'av1.mkv', with: ['-bsf:v', 'av1_metadata=chroma_sample_position=colocated'] },

  'variable.mp4': [
    ...picture('64x48', 25, 1),
    '-vf',
    "select='mod(n,5)',setpts=N*N*0.0007/TB",
    '-vsync',
    'vfr',
    ...x264,
  ],
  'variable.mkv': { from: 'variable.mp4' },
  'variable.ts': { from: 'variable.mp4' },
  'ntsc.mov': [...picture('64x48', '30000/1001', 1), ...x264],
  'ntsc.webm': [...picture('64x48', '30000/1001', 1), ...vp9],
  'late.mp4': [...source, '-itsoffset', '3.5', ...source, '-map', '1', ...x264],
  'late.ts': { from: 'h264.mp4', with: ['-output_ts_offset', '3.5'] },
  'wrapped.ts': { from: 'h264.mp4', with: ['-output_ts_offset', '95443.5'] },
  'fragments.mp4': { from: 'h264.mp4', with: ['-movflags', 'frag_keyframe+empty_moov'] },
  'endless.webm': [...source, ...vp8, '-f', 'webm', '-live', '1'],
  'negative-offsets.mp4': { from: 'h264.mp4', with: ['-movflags', 'negative_cts_offsets'] },
  'open-groups.ts': [...picture('64x48', 25, 1), ...x264, '-x264-params', 'open-gop=1:keyint=6:min-keyint=2'],

  'wide-pixels.mp4': [...source, '-vf', 'setsar=12/11', ...x264],
  'wide-pixels.mkv': { from: 'wide-pixels.mp4' },
  'wide-pixels.ts': { from: 'wide-pixels.mp4' },
  'narrow-pixels.webm': [...source, '-vf', 'setsar=10/11', ...vp9],
}

async function file(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(await made(name)))
}

async function made(name: string): Promise<string> {
  const recipe = recipes[name]!
  if (!('from' in recipe)) return clip(name, recipe)
  return clip(name, ['-i', await made(recipe.from), '-c', 'copy', ...(recipe.with ?? [])])
}

const missing = chromiumMissing ?? ffmpegMissing
const skipped = missing === undefined ? '' : ` (skipped: ${missing})`

describe.skipIf(skipped !== '')(`videos in Chromium${skipped}`, () => {
  let page: TestPage
  beforeAll(async () => {
    page = await openPage()
  })
  afterAll(async () => {
    const { complaints, outside } = page
    await page[Symbol.asyncDispose]()
    expect(complaints).toEqual([])
    expect(outside).toEqual([])
  })

  /** In Node without a process of its own, which takes time and is tested elsewhere. */
  async function both(bytes: LookJob['bytes']): Promise<{ here: Look; there: Look }> {
    return { here: await look({ bytes, options: { isolated: false } }), there: await page.look({ bytes }) }
  }

  test.each(Object.keys(recipes))(
    '%s: frames, crops, network input and what is said of it are as in Node',
    async (name) => {
      const { here, there } = await both(await file(name))
      expect(here.error).toBeUndefined()
      expect(here.report?.warnings).toEqual([])
      expect(there).toEqual(here)
    },
  )

  const turns = [0, 90, 180, 270].flatMap((rotation) => [false, true].map((flip) => ({ rotation, flip })))
  test.each(turns)('turned by $rotation, mirrored: $flip', async ({ rotation, flip }) => {
    const { here, there } = await both(withMatrix(await file('wide-pixels.mp4'), rotation, flip))
    expect(here.info).toMatchObject({ rotation, flip })
    expect(there).toEqual(here)
  })

  // Both ends amid frames and on them; ffmpeg writes 12800 units a second for the media and 1000 for the edit.
  test.each([
    { duration: 200, mediaTime: 1024 },
    { duration: 210, mediaTime: 1024 + 1000 },
    { duration: 123, mediaTime: 1024 + 1536 },
    { duration: 40, mediaTime: 1024 + 512 * 7 },
    { duration: 10_000, mediaTime: 1024 },
  ])('an edit list that shows $duration ms from $mediaTime on', async (entry) => {
    const { here, there } = await both(withEdit(await file('h264.mp4'), entry))
    expect(here.frames.length).toBeGreaterThan(0)
    expect(there.frames).toEqual(here.frames)
    expect(there.report).toEqual(here.report)
  })

  test('an edit list that changes the speed is refused', async () => {
    const { error } = await page.look({
      bytes: withEdit(await file('h264.mp4'), { duration: 200, mediaTime: 1024, rate: 2 }),
    })
    expect(error).toMatchObject({ code: 'video-codec', message: expect.stringContaining('edit list') })
  })
})
