import { describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../../test/clips.ts'
import { ahead } from '../../ahead.ts'
import { openVideo } from '../open.ts'

const make = () => clip('reused.mp4', [...picture('96x64', 25, 1), '-c:v', 'libx264', '-pix_fmt', 'yuv420p'])

describe.skipIf(ffmpegMissing)(`reused memory${ffmpegMissing ? ` (skipped: ${ffmpegMissing})` : ''}`, () => {
  test.each([true, false])('holds the same frames, two at a time (isolated: %s)', async (isolated) => {
    await using video = await openVideo(await make(), { isolated })
    const own: Uint8Array[] = []
    for await (const { data } of video.frames()) own.push(data)
    expect(new Set(own.map(({ buffer }) => buffer)).size).toBe(25)

    const buffers = new Set<ArrayBufferLike>()
    let i = 0
    for await (const { data } of ahead(video.frames({ reuse: true }))) {
      expect(data).toEqual(own[i++])
      buffers.add(data.buffer)
    }
    expect(i).toBe(25)
    expect(buffers.size).toBe(2)
  })
})
